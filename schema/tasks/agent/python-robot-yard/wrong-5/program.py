import re

WORD = re.compile(r"(N|E|S|W|wait|take|drop)(?:\*([1-9][0-9]?))?")


def read(text):
    result = []
    for word in text.split():
        match = WORD.fullmatch(word)
        if not match:
            raise ValueError(f"no instruction: {word}")
        result += [match[1]] * int(match[2] or 1)
    return result
