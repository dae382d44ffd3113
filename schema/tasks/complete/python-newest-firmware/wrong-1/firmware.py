import re

VERSION = re.compile(r"([0-9]+(?:\.[0-9]+)*)(?:-(beta|rc)([0-9]+))?")
LEVELS = {"beta": 0, "rc": 1, "stable": 2}


def key_of(text):
    match = VERSION.fullmatch(text)
    if not match:
        return None
    numbers = [int(n) for n in match[1].split(".")]
    return numbers, LEVELS[match[2] or "stable"], int(match[3] or 0)


def newest(versions, channel):
    if channel not in LEVELS:
        raise ValueError(f"no such channel: {channel}")
    best = best_key = None
    for text in versions:
        key = key_of(text)
        if key is None or key[1] < LEVELS[channel]:
            continue
        if best_key is None or key > best_key:
            best, best_key = text, key
    return best
