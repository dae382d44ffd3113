import re

KEY = re.compile(r"[a-z0-9_.]+")
ESCAPES = {"n": "\n", '"': '"', "\\": "\\"}


def fail(number, why):
    raise ValueError(f"line {number}: {why}")


def read_quoted(text, number):
    """The value of a text that begins with a quote, and what stands behind it."""
    match = re.match(r'"((?:[^"\\]|\\["\\n])*)"', text)
    if not match:
        fail(number, "a quote is not closed")
    value = match[1].replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
    return value, text[match.end() :]


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
    for number, line in enumerate(text.split("\n"), 1):
        line = line[:-1] if line.endswith("\r") else line
        line = line.strip(" \t")
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
