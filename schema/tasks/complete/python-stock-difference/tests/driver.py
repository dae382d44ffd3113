import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from stock import difference

say(difference, {}, {})
say(difference, {"nails": 5}, {"nails": 5})
say(difference, {"nails": 5}, {"nails": 10})
say(difference, {"hinges": 5}, {"hinges": 3})
say(difference, {}, {"bolts": 7})
say(difference, {"wires": 3}, {})
say(difference, {"wires": 3}, {"wires": 0})
say(difference, {"bolts": 0}, {"bolts": 2})
say(difference, {"bolts": 0}, {})
say(difference, {}, {"bolts": 0})
say(difference, {"b": 1, "d": 4, "a": 2}, {"c": 9, "a": 1, "b": 2})
say(difference, {"Zinc": 1, "acid": 2}, {"Zinc": 3, "acid": 1, "Wool": 1})
before, after = {"x": 1, "y": 0}, {"z": 2, "y": 0}
say(difference, before, after)
say(lambda: [before, after])
