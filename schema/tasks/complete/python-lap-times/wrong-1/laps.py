import re

LAP = re.compile(r"(?:(?:([0-9]+):)?([0-9]+):)?([0-9]+)(?:\.([0-9]))?")


def read_lap(text):
    parts = text.split(":")
    if len(parts) > 3:
        raise ValueError(text)
    whole, point, tenths = parts[-1].partition(".")
    if point and len(tenths) != 1:
        raise ValueError(text)
    numbers = parts[:-1] + [whole]
    total = 0
    for i, n in enumerate(numbers):
        if i and (len(n) != 2 or int(n) > 59):
            raise ValueError(text)
        total = total * 60 + int(n)
    return total * 10 + (int(tenths) if point else 0)
