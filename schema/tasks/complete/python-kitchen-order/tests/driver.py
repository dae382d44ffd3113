import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


import hashlib
import random

from kitchen import Cycle, order


def try_order(steps):
    try:
        return order(steps)
    except Cycle as e:
        return {"members": e.members, "value error": isinstance(e, ValueError)}


say(try_order, {})
say(try_order, {"boil": (1, [])})
say(try_order, {"boil": (1, []), "chop": (2, []), "bake": (1, [])})
say(try_order, {"serve": (9, ["boil", "chop"]), "boil": (1, []), "chop": (2, [])})
say(try_order, {"a": (0, []), "b": (5, ["a"]), "c": (3, []), "d": (1, [])})
say(try_order, {"a": (-5, []), "b": (-1, []), "c": (-3, ["b"])})
say(try_order, {"a": (0, ["b", "b"]), "b": (0, [])})
say(try_order, {"A": (0, []), "b": (0, []), "C": (0, []), "10": (0, []), "9": (0, [])})
say(try_order, {"a": (1, ["x"])})
say(try_order, {"a": (1, ["a"]), "b": (1, ["x"])})
say(try_order, {"a": (1, ["a"])})
say(try_order, {"a": (1, ["b"]), "b": (1, ["a"])})
say(try_order, {"a": (1, ["b"]), "b": (1, ["c"]), "c": (1, ["b"]), "d": (1, []), "e": (1, ["a", "d"])})
say(try_order, {"a": (1, ["b"]), "b": (1, ["a", "m"]), "m": (1, ["x"]), "x": (1, ["y"]), "y": (1, ["x"])})
say(try_order, {"a": (1, ["b", "c"]), "b": (1, ["d"]), "c": (1, ["d"]), "d": (1, ["a"]), "e": (1, ["d"]), "f": (1, [])})
say(try_order, {"a": (1, ["b"]), "b": (1, ["c", "d"]), "c": (1, ["a"]), "d": (1, ["e"]), "e": (1, ["d", "e"])})
steps = {"a": (1, ["b", "b"]), "b": (2, [])}
say(try_order, steps)
say(lambda: steps)
chain = {f"s{i}": (i % 7, [f"s{i + 1}"] if i < 2999 else []) for i in range(3000)}
say(lambda: order(chain)[:3] + order(chain)[-3:])
chain["s2999"] = (0, ["s1000"])
say(lambda: len(try_order(chain)["members"]))
dice = random.Random(3)
wide = {f"w{i}": (dice.randrange(50), [f"w{dice.randrange(i)}" for _ in range(dice.randrange(3))] if i else []) for i in range(5000)}
say(lambda: hashlib.sha256(" ".join(order(wide)).encode()).hexdigest())
tangle = {f"t{i}": (dice.randrange(9), [f"t{dice.randrange(400)}" for _ in range(dice.randrange(2))]) for i in range(400)}
say(try_order, tangle)
