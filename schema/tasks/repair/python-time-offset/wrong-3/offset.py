import re

MOST = 18 * 60


def show(minutes):
    if abs(minutes) > MOST:
        raise ValueError("offsets are 18 hours at most")
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def read(text):
    if text == "Z":
        return 0
    match = re.fullmatch(r"([+-])([0-9]{2}):([0-5][0-9])", text)
    if not match:
        raise ValueError(f"no offset: {text!r}")
    minutes = int(match[2]) * 60 + int(match[3])
    return -minutes if match[1] == "-" else minutes
