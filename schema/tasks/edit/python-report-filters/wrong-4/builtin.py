import re

from filters import register

LEVELS = ["debug", "info", "warn", "error"]


@register("level")
def level(argument):
    if argument not in LEVELS:
        raise ValueError(f"no level: {argument}")
    least = LEVELS.index(argument)
    return lambda record: LEVELS.index(record["level"]) >= least


@register("from")
def source(argument):
    return lambda record: record["source"] == argument


@register("has")
def has(argument):
    return lambda record: argument in record["message"]


@register("since")
def since(argument):
    least = int(argument)
    return lambda record: record["time"] >= least
