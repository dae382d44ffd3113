import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from votes import tally

say(tally, [])
say(tally, ["Ada: red"])
say(tally, ["Ada: red", "Bo: blue", "Cy: blue"])
say(tally, ["Ada: red", "Bo: blue"])
say(tally, ["Bo: blue", "Ada: azure"])
say(tally, ["Ada: red", "ADA: blue", " ada : green "])
say(tally, ["Ada: Red", "Bo: red", "Cy: red"])
say(tally, ["Ada: red", "Ada:"])
say(tally, ["Ada: red", "Ada:", "Ada: blue"])
say(tally, ["Ada: red", "Bo: red", "Ada:   "])
say(tally, ["nonsense", "", ": red", "  : red", "Ada: red"])
say(tally, ["Ada: a:b", "Bo: a:b", "Cy: a"])
say(tally, ["Ada:red", "Bo:red", "Cy:blue", "Di:blue", "Ed:green", "Ed:blue", "Ed:red", "Fy:green", "Gi:amber"])
say(tally, ["a: x", "b: y", "a: y", "b: x", "c: z", "d: z"])
say(tally, ["Ada :\tdark red\t", "Bo: dark red"])
