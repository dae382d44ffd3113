import re
from datetime import date


def iso(text):
    match = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})", text)
    if not match:
        raise ValueError(f"no date: {text}")
    day, month, year = map(int, match.groups())
    return date(year, month, day).isoformat()
