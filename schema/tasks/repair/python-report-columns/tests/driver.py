import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from report import render

bolts = [{"item": "bolt", "count": 12}, {"item": "nut", "count": 0, "note": "none left"}]
say(render, bolts, "count")
say(render, bolts)
say(lambda: bolts)
say(render, [])
say(render, [], "x")
say(render, [{}, {"a": 1}])
say(render, [{"a": 1}], "b")
say(render, [{"a": None}])
say(render, [{"a": None}, {"a": 7}], "a")
say(render, [{"a": None}], "a")
say(render, [{"a": 1.5, "b": "x"}, {"a": 10, "b": "yy"}], "a")
say(render, [{"a": 1.005}, {"a": 0.0}, {"a": -3.14159}], "a")
say(render, [{"a": True}, {"a": False}])
say(render, [{"a": 1}, {"a": "x"}, {"a": 22}])
say(render, [{"n": 999}, {"n": 2}], "n")
say(render, [{"": 5, "b": ""}], "")
say(render, [{"b": 1, "a": 2}, {"a": 3, "c": 4}])
say(render, [{"x": "wide text", "y": 1}, {"x": "", "y": 100}], "y")
say(render, [{"x": "q", "y": "", "z": ""}])
say(render, [{"a": -5, "long name": 5}], "long name")
say(render, [{"a": 0.1}, {"a": 0.2}, {"a": 3}], "a")
