import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


import filters
from errors import BadFilter
from report import count, lines

records = [
    {"time": 1, "level": "debug", "source": "db", "message": "open"},
    {"time": 5, "level": "info", "source": "web", "message": "GET /a"},
    {"time": 9, "level": "warn", "source": "db", "message": "slow: 5 s"},
    {"time": 12, "level": "error", "source": "web", "message": "GET /b failed"},
    {"time": 20, "level": "error", "source": "cron", "message": ""},
]


def ask(spec):
    try:
        return [int(line.split(" ")[0]) for line in lines(records, spec)]
    except BadFilter as e:
        return [type(e).__name__, e.name, e.position, isinstance(e, ValueError)]


say(lines, records)
say(lines, records, "level:warn,from:db")
for spec in ["", "   ", "level:debug", "level:info", "level:error", "from:db", "from:", "has:GET", "has:", "has:slow: 5", "has:slow: 7", "since:9", "since:-4", "since:99", "!level:warn", "!from:db,!from:web", "from:db|from:cron", "from:db|level:error,has:e",
             "level:warn,from:db|from:web", "!from:db|has:slow", "!has:|from:web", " level:warn , from:db ", "from:db | from:cron", "! from:db", "level :warn", "has: ", "has:GET ,level:error", "has: /a", "from: db", "!from:db , !level:error"]:
    say(ask, spec)
for spec in [",", "level:warn,", ",level:warn", "level:warn,,from:db", "from:db|", "|from:db", "!", "!,x", "nope", "from:db,nope:1", "from:db|from:x,has:a|Level:warn", "level:loud", "level", "level:", "from:db,since:x", "since:", "since:1.5", "since: 5", "!since:", "level:warn|level:bad,nope", ":x"]:
    say(ask, spec)
say(count, records)
say(count, records, "", "from:db", "nope" if False else "level:error", "!has:GET")
say(count, [], "", "from:db")


@filters.register("odd")
def odd(argument):
    if argument:
        raise ValueError("takes no argument")
    return lambda record: record["time"] % 2


@filters.register("broken")
def broken(argument):
    raise KeyError(argument)


say(ask, "odd")
say(ask, "!odd,from:db|from:cron")
say(ask, "from:db,odd:5")
say(ask, "broken")
say(lambda: filters.register("odd")(odd))
say(lambda: filters.register("level")(odd))
say(lambda: odd("")({"time": 3}))
say(lambda: [filters.make("odd")(r) for r in records])
