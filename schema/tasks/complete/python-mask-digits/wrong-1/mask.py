DIGITS = "0123456789"


def mask(text, keep=4):
    if keep < 0:
        raise ValueError("keep is below 0")
    digits = sum(c in DIGITS for c in text)
    if digits < 2 * keep:
        return "".join("*" if c in DIGITS else c for c in text)
    cut = len(text) - keep
    return "".join("*" if c in DIGITS and i < cut else c for i, c in enumerate(text))
