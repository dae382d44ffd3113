import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from undo import Text


def play(limit, *steps):
    """Each step is "name arguments"; what it gave and the text after it."""
    text = Text(limit)
    seen = []
    for name, *arguments in steps:
        try:
            result = getattr(text, name)(*arguments)
        except ValueError:
            result = "ValueError"
        seen.append([result if name in ("undo", "redo") or result else None, text.value])
    return seen


I, D, U, R = "insert", "delete", ("undo",), ("redo",)
say(play, 9, U, R)
say(play, 9, (I, 0, "abc"), U, U, R, R)
say(play, 9, (I, 0, "ab"), (I, 2, "cd"), (I, 4, "e"), U, R)
say(play, 9, (I, 0, "ab"), (I, 0, "cd"), U, U)
say(play, 9, (I, 0, "ab"), (I, 1, "cd"), (I, 3, "e"), U, U)
say(play, 9, (I, 0, "abcdef"), (D, 2, 2), U, R, U, U)
say(play, 9, (I, 0, "abc"), (D, 1, 99), U)
say(play, 9, (I, 0, "abc"), (D, 3, 1), (I, 3, "d"), U)
say(play, 9, (I, 0, "abc"), (D, 0, 0), (I, 3, ""), (I, 3, "d"), U)
say(play, 9, (I, 0, "abc"), (D, 2, 1), (I, 2, "x"), U, U, U, U)
say(play, 9, (I, 0, "a"), (D, 0, 1), U, (I, 1, "b"), R, U, U)
say(play, 9, (I, 0, "a"), U, (I, 0, "b"), R, U, R)
say(play, 9, (I, 0, "a"), U, (I, 0, ""), (D, 0, 5), R)
say(play, 9, (I, 0, "a"), U, (I, 1, "b"), (D, -1, 1), R)
say(play, 9, (I, 0, "a"), R, (I, 1, "b"), U)
say(play, 9, (I, 0, "a"), (I, 7, "x"), (I, 1, "b"), U)
say(play, 9, (I, 0, "a"), U, R, (I, 1, "b"), U)
say(play, 2, (I, 0, "a"), (I, 0, "b"), (I, 0, "c"), U, U, U, R, R, R)
say(play, 1, (I, 0, "a"), (I, 1, "b"), (D, 0, 1), U, U)
say(play, 0, (I, 0, "a"), (I, 1, "b"), U, R, (D, 0, 1), U)
say(play, 9, (I, -1, "a"), (I, 1, "a"), (D, 1, 1), (D, 0, -1), (D, 0, 3), U)
say(play, 2, (I, 0, "a"), (I, 0, "b"), U, U, R, R, (I, 0, "c"), U, U, U)
