import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from bill import cost
from meter import Meter
from report import line


def made(*readings):
    meter = Meter("M1")
    for reading in readings:
        meter.add(reading)
    return meter


def all_of(price, *readings):
    meter = made(*readings)
    result = cost(meter, price)
    return [meter.used, type(meter.used).__name__, result, type(result).__name__, line(meter)]


say(all_of, 30)
say(all_of, 30, 5000)
say(all_of, 30, 5000, 6250)
say(all_of, 30, 0, 999)
say(all_of, 30, 0, 1)
say(all_of, 30, 5000, 5000)
say(all_of, 1, 0, 500)
say(all_of, 1, 0, 499)
say(all_of, 1, 0, 1500)
say(all_of, 1, 0, 2500)
say(all_of, 25, 100, 200, 300, 1060)
say(all_of, 33, 0, 50)
say(all_of, 7, 1, 10**18 + 3)
say(all_of, 0, 0, 5)
say(lambda: made(5.0).readings)
say(lambda: made(5, 6.0).readings)
say(lambda: made(True).readings)
say(lambda: made("5").readings)
say(lambda: made(5, 4).readings)
say(lambda: made(None).readings)


def kept():
    meter = made(5, 9)
    for bad in [3, 10.0, False]:
        try:
            meter.add(bad)
        except (TypeError, ValueError):
            pass
    return [meter.readings, hasattr(meter, "used_kwh")]


say(kept)
