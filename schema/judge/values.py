# SPDX-License-Identifier: Apache-2.0
# Values between two processes of which each believes the other nothing: a length of four
# bytes (big endian) and JSON. Plain values are told by their contents; everything else
# stays where it is and is told by a number. Put before serve.py and check.py.
import collections
import decimal
import fractions
import json
import os

FRAME_MAX = 1 << 24
ITEMS_MAX = 1 << 20


class Malformed(Exception):
    pass


def read_exactly(fd, size):
    parts = []
    while size:
        part = os.read(fd, min(size, 1 << 16))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def receive(fd):
    size = int.from_bytes(read_exactly(fd, 4), "big")
    if size > FRAME_MAX:
        raise Malformed("a value of more than %d bytes" % FRAME_MAX)
    return json.loads(read_exactly(fd, size))


def send(fd, message):
    data = json.dumps(message, ensure_ascii=True, allow_nan=False).encode()
    if len(data) > FRAME_MAX:
        raise Malformed("a value of more than %d bytes" % FRAME_MAX)
    data = len(data).to_bytes(4, "big") + data
    while data:
        data = data[os.write(fd, data):]


# A value of a class derived from a plain one counts as the plain one, by the plain one's
# own methods: what the class says of itself is not asked.
SEQUENCES = {list: "l", tuple: "t", collections.deque: "q"}
SETS = {set: "S", frozenset: "F", type({}.keys()): "S"}


# Python's own types pass by their names; not its functions, which a test might call.
TYPES = {kind.__name__: kind for kind in (bool, int, float, complex, str, bytes, list, tuple, set, frozenset, dict)}


def numbers(value):
    if isinstance(value, bool):
        return ["B", value is True]
    if isinstance(value, int):
        return ["i", int.__format__(value, "x")]
    if isinstance(value, float):
        return ["f", float.hex(value)]
    if isinstance(value, complex):
        return ["c", float.hex(complex.real.__get__(value)), float.hex(complex.imag.__get__(value))]
    if isinstance(value, decimal.Decimal):
        return ["D", decimal.Decimal.__str__(value)]
    if isinstance(value, fractions.Fraction):
        return ["Q", "%x" % value.numerator, "%x" % value.denominator]
    return None


def encode(value, other):
    if value is None:
        return ["n"]
    if isinstance(value, str):
        return ["s", str.__str__(value)]
    number = numbers(value)
    if number:
        return number
    if isinstance(value, (bytes, bytearray)):
        return ["b" if isinstance(value, bytes) else "y", bytes(value).hex()]
    if isinstance(value, range):
        return ["r"] + [["i", "%x" % n] for n in (value.start, value.stop, value.step)]
    for kind, tag in SEQUENCES.items():
        if isinstance(value, kind):
            return [tag, [encode(v, other) for v in kind.__iter__(value)]]
    for kind, tag in SETS.items():
        if isinstance(value, kind):
            return [tag, [encode(v, other) for v in kind.__iter__(value)]]
    if isinstance(value, type) and TYPES.get(type.__dict__["__name__"].__get__(value)) is value:
        return ["T", value.__name__]
    if isinstance(value, dict):
        return ["d", [[encode(k, other), encode(v, other)] for k, v in dict.items(value)]]
    return other(value)


SIMPLE = {
    "n": lambda: None,
    "B": bool,
    "s": lambda text: text if isinstance(text, str) else "",
    "i": lambda text: int(text, 16),
    "f": float.fromhex,
    "c": lambda real, imaginary: complex(float.fromhex(real), float.fromhex(imaginary)),
    "D": decimal.Decimal,
    "Q": lambda over, under: fractions.Fraction(int(over, 16), int(under, 16)),
    "b": bytes.fromhex,
    "y": bytearray.fromhex,
    "T": TYPES.__getitem__,
}
MANY = {"l": list, "t": tuple, "q": collections.deque, "S": set, "F": frozenset}


def decode(told, other):
    tag, rest = told[0], told[1:]
    if tag in SIMPLE:
        return SIMPLE[tag](*rest)
    if tag in MANY:
        return MANY[tag]([decode(v, other) for v in rest[0]])
    if tag == "d":
        return {decode(k, other): decode(v, other) for k, v in rest[0]}
    if tag == "r":
        return range(*[decode(v, other) for v in rest])
    return other(tag, rest)
