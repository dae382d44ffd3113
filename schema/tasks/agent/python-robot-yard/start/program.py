NAMES = ("N", "E", "S", "W", "wait", "take", "drop")


def read(text):
    result = []
    for word in text.split():
        name, star, count = word.partition("*")
        if name not in NAMES:
            raise ValueError(f"no instruction: {word}")
        result.append(name)
    return result
