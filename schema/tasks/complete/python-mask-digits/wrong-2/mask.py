DIGITS = "0123456789"


def mask(text, keep=4):
    if keep < 0:
        raise ValueError("keep is below 0")
    places = [i for i, c in enumerate(text) if c in DIGITS]
    kept = set(places[-keep:]) if len(places) >= 2 * keep else set()
    return "".join("*" if c in DIGITS and i not in kept else c for i, c in enumerate(text))
