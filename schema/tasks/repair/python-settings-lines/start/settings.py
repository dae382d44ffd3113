import re

KEY = re.compile(r"[a-z0-9_.]+")


def fail(number, why):
    raise ValueError(f"line {number}: {why}")


def read_value(text, number):
    if text.startswith('"'):
        if not text.endswith('"'):
            fail(number, "a quote is not closed")
        return text[1:-1].replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
    return text


def read(text):
    result = {}
    for number, line in enumerate(text.splitlines()):
        line = line.split("#")[0].strip()
        if not line:
            continue
        key, sign, value = line.partition("=")
        key = key.strip()
        if not sign or not KEY.match(key):
            fail(number, "no key = value")
        if key in result:
            fail(number, f"{key} stands here again")
        result[key] = read_value(value.strip(), number)
    return result
