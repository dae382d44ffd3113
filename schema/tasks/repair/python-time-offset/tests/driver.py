import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from offset import read, show

for minutes in [0, 1, -1, 59, -59, 60, -60, 61, -61, 330, -210, 1080, -1080, 1081, -1081, 5000, -5000]:
    say(show, minutes)
for text in ["Z", "z", "+00:00", "-00:00", "-00:30", "+00:30", "-03:30", "+05:30", "-12:00", "+18:00", "-18:00", "+18:01", "-18:01", "+19:00", "+99:00", "+05:60",
             "+5:30", "05:30", "+05:3", "+05:300", "+0530", "+05:30 ", "+05:30\n", " +05:30", "", "+05", "+\u0660\u0665:30", "--5:30", "+-5:30", "ZZ"]:
    say(read, text)
say(lambda: [m for m in range(-1080, 1081) if read(show(m)) != m])
