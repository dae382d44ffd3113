import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from laps import read_lap

for text in ["7", "59.9", "1:02.5", "1:00:00", "0", "0.0", "90", "75:00", "100:59:59.9", "007", "60.1", "9:59.9",
             "2:03:04.5", "", ".5", "5.", "1.25", "1:2", "1:60", "1:002", "1:60:00", "1:5:00", "1:00:60", "1:2:3:4",
             ":30", "1:", "1::30", " 7", "7 ", "7\n", "-7", "+7", "1:-2", "1_0", "1e1", "\u0663", "1.5:00", "1:00.0.1"]:
    say(read_lap, text)
