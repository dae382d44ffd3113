import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from bill import share

say(share, 100, [1, 1, 1])
say(share, 100, [1])
say(share, 0, [3, 4])
say(share, 5, [1, 1])
say(share, -5, [1, 1])
say(share, -100, [1, 1, 1])
say(share, 7, [0, 2, 0, 1])
say(share, 1, [0, 0, 5])
say(share, 1, [1, 2, 3])
say(share, 10, [5, 3, 2])
say(share, 11, [5, 3, 2])
say(share, 999, [10, 20, 33, 37])
say(share, 2, [1, 1, 1])
say(share, 101, [1, 3, 1, 3])
say(share, 10**25 + 1, [1, 1, 1])
say(share, 123456789012345678901234567, [7, 11, 13])
say(share, 10**20, [10**19, 10**19 + 1])
say(share, 100, [29, 57, 14])
say(share, 57, [100, 100, 100, 100, 100, 100, 100])
say(share, 10, [])
say(share, 10, [0, 0])
say(share, 10, [3, -1])
say(share, -1, [0, 0])
say(share, 0, [2, -2])
weights = [3, 1, 2]
say(share, 10, weights)
say(lambda: weights)
