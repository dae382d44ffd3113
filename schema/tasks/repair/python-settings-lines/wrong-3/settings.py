import re

KEY = re.compile(r"[a-z0-9_.]+")
ESCAPES = {"n": "\n", '"': '"', "\\": "\\"}


def fail(number, why):
    raise ValueError(f"line {number}: {why}")


def read_quoted(text, number):
    """The value of a text that begins with a quote, and what stands behind it."""
    value = []
    at = 1
    while at < len(text):
        c = text[at]
        if c == '"':
            return "".join(value), text[at + 1 :]
        if c == "\\":
            at += 1
            c = ESCAPES.get(text[at : at + 1]) or fail(number, "a wrong backslash")
        value.append(c)
        at += 1
    return fail(number, "a quote is not closed")


def read_value(text, number):
    if not text.startswith('"'):
        return text.partition("#")[0].rstrip(" \t")
    value, rest = read_quoted(text, number)
    rest = rest.strip(" \t")
    if rest and not rest.startswith("#"):
        fail(number, "something behind the quotes")
    return value


def read(text):
    result = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, sign, value = line.partition("=")
        key = key.rstrip(" \t")
        if not sign or not KEY.fullmatch(key):
            fail(number, "no key = value")
        if key in result:
            fail(number, f"{key} stands here again")
        result[key] = read_value(value.lstrip(" \t"), number)
    return result
