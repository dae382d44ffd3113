import re

LAP = re.compile(r"(?:(?:([0-9]+):)?([0-9]+):)?([0-9]+)(?:\.([0-9]))?")


def read_lap(text):
    match = re.match(LAP.pattern + "$", text)
    if not match:
        raise ValueError(f"no lap time: {text!r}")
    hours, minutes, seconds, tenths = match.groups()
    numbers = [n for n in (hours, minutes, seconds) if n is not None]
    for n in numbers[1:]:
        if len(n) != 2 or int(n) > 59:
            raise ValueError(f"no lap time: {text!r}")
    total = 0
    for n in numbers:
        total = total * 60 + int(n)
    return total * 10 + int(tenths or 0)
