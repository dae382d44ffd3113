import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from pages import page

items = list("abcdefg")
for size in [1, 2, 3, 6, 7, 8]:
    for number in [1, 2, 3, 4, 7, 8]:
        say(page, items, number, size)
say(page, items[:6], 2, 3)
say(page, items[:6], 3, 3)
say(page, [], 1, 5)
say(page, [], 2, 5)
say(page, [], 3, 5)
for number, size in [(0, 3), (-1, 3), (1, 0), (1, -2)]:
    say(page, items, number, size)
