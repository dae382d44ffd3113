import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from due import due

say(due, "2026-11-27", 1)
say(due, "2026-11-28", 1)
say(due, "2026-11-29", 1)
say(due, "2026-11-27", 1, ["2026-11-30"])
say(due, "2026-11-27", 0)
say(due, "2026-11-28", 0)
say(due, "2026-11-29", 0, ["2026-11-30", "2026-12-01"])
say(due, "2026-11-30", 0, ["2026-11-30"])
say(due, "2026-11-30", -1)
say(due, "2026-11-29", -1)
say(due, "2026-11-28", -1)
say(due, "2026-11-30", -1, ["2026-11-27"])
say(due, "2026-11-27", 5)
say(due, "2026-11-27", 10, ["2026-12-05", "2026-12-06", "2026-12-08", "2026-12-08"])
say(due, "2026-12-24", 3, ["2027-01-01", "2026-12-25", "2026-12-26"])
say(due, "2024-02-28", 1)
say(due, "2023-02-28", 1)
say(due, "2000-02-28", 2)
say(due, "2027-01-04", -1, ["2027-01-01", "2026-12-31"])
say(due, "2026-11-25", 260)
say(due, "2026-11-25", -260, ["2026-11-25"])
for bad in ["2026-2-3", "2026-02-30", "2026-13-01", "20261127", "2026-11-27 ", "2026-W48-5", "0000-01-01", "27.11.2026", ""]:
    say(due, bad, 1)
say(due, "2026-11-27", 1, ["2026-11-31"])
say(due, "2026-11-27", 1, ("2026-12-1",))
