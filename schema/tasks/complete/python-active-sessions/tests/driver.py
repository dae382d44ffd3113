import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


import random

from sessions import active_at

say(active_at, [], [])
say(active_at, [], [1, 2])
say(active_at, [(1, 2)], [])
say(active_at, [(10, 20)], [9, 10, 11, 19, 20, 21])
say(active_at, [(10, 20), (15, 30), (20, 25)], [20, 15, 9, 20, 24, 25, 30, 10])
say(active_at, [(10, None)], [9, 10, 10**12])
say(active_at, [(10, None), (5, None), (7, 12)], [4, 5, 7, 10, 11, 12])
say(active_at, [(10, 10), (10, 5)], [5, 7, 10, 11])
say(active_at, [(10, 10), (8, 12)], [9, 10, 12])
say(active_at, [(10, 20)] * 3, [10, 19, 20])
say(active_at, [(-20, -10), (-10, 0), (0, 10)], [-21, -20, -10, 0, 10])
sessions, moments = [(30, 40), (10, None)], [35, 5]
say(active_at, sessions, moments)
say(lambda: [sessions, moments])
dice = random.Random(11)
many = [(s, s + dice.randrange(-50, 5000)) for s in (dice.randrange(10**6) for _ in range(40000))]
asked = [dice.randrange(-10, 10**6 + 6000) for _ in range(40000)]
found = active_at(many, asked)
say(lambda: [len(found), sum(found), max(found), min(found)])
say(lambda: found[:40])
say(lambda: sum(i * n for i, n in enumerate(found)))
