DIGITS = "0123456789"


def mask(text, keep=4):
    if keep < 0:
        raise ValueError("keep is below 0")
    digits = sum(c in DIGITS for c in text)
    hidden = digits if digits < 2 * keep else digits - keep
    result = []
    for c in text:
        if c in DIGITS and hidden:
            hidden -= 1
            c = "*"
        result.append(c)
    return "".join(result)
