import re
from datetime import date


def iso(text):
    match = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})", text)
    if not match:
        raise ValueError(f"no date: {text}")
    return f"{match[3]}-{match[2]}-{match[1]}"
