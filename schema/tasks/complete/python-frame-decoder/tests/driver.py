import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


import random

from frames import Decoder


def frame(payload, wrong=0):
    body = len(payload).to_bytes(2, "big") + payload
    check = wrong
    for byte in body:
        check ^= byte
    return b"\x7e" + body + bytes([check])


def play(*pieces):
    decoder = Decoder()
    seen = []
    for piece in pieces:
        payloads = decoder.feed(piece)
        seen.append([[p.hex() for p in payloads], decoder.skipped])
    return seen


def total(stream, sizes):
    """All of the stream in pieces of these sizes, over and over."""
    decoder = Decoder()
    number = weight = at = i = 0
    while at < len(stream):
        size = sizes[i % len(sizes)]
        for payload in decoder.feed(stream[at : at + size]):
            number += 1
            weight += number * (len(payload) + sum(payload))
        at += size
        i += 1
    return [number, weight, decoder.skipped]


a, b, empty = frame(b"abc"), frame(b"\x7e\x7e"), frame(b"")
say(play, b"")
say(play, a)
say(play, a + b + empty + a)
say(play, *[bytes([x]) for x in a])
say(play, b"noise" + a)
say(play, b"noise", a[:4], a[4:] + b"more")
say(play, b"\x7e", b"\x04", b"\x00")
say(play, b"\x7e\x03\xe9")
say(play, b"\x7e\x03\xe8")
say(play, b"\x7e\xff", a)
say(play, b"\x7e" + a)
say(play, b"\x7e\x7e" + a)
say(play, b"\x7e\x00", a)
say(play, frame(b"ab" + a + b"cd", 1))
say(play, frame(b"ab" + a + b"cd"))
say(play, frame(a + b, 9) + empty)
say(play, frame(frame(a, 1), 1))
say(play, frame(b"abc", 1), a)
say(play, frame(b"\x7e\x7e\x7e", 3), b)
say(play, b"\x7e\x00\x05" + a[:3], a[3:], b"\x01")
say(play, a[:-1], b"", b"", a[-1:])
say(play, b"", a, bytearray(b))
big = frame(bytes(i % 251 for i in range(1000)))
say(total, big * 3, [7])
dice = random.Random(5)
parts = []
for _ in range(500):
    kind = dice.randrange(4)
    payload = bytes(dice.choice(b"\x00\x01\x7eab") for _ in range(dice.randrange(0, 120)))
    parts.append([frame(payload), frame(payload), frame(payload, 5), payload][kind])
mixed = b"".join(parts) + b"x" * 1100
say(lambda: len(mixed))
for sizes in [[1], [2, 3], [997], [10**9], [1, 0, 5000, 3]]:
    say(total, mixed, sizes)
noise = bytes(dice.choice(b"abcdefgh") for _ in range(1000))
say(total, noise * 1000, [10**9])
say(total, noise * 30, [1])
say(total, noise + a, [64])
