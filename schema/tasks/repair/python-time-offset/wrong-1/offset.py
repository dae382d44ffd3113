import re

MOST = 18 * 60


def show(minutes):
    if minutes > MOST:
        raise ValueError("offsets are 18 hours at most")
    return f"{minutes // 60:+03}:{minutes % 60:02}"


def read(text):
    if text == "Z":
        return 0
    match = re.match(r"([+-]\d{2}):(\d{2})", text)
    if not match:
        raise ValueError(f"no offset: {text!r}")
    return int(match[1]) * 60 + int(match[2])
