import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from basket import Basket


def state(*baskets):
    return [[b.name, list(b.contents().items()), b.history] for b in baskets]


def two():
    return state(Basket("a").add("plum", 2), Basket("b").add("pear"))


def given():
    fruit = {"plum": 1}
    a, b = Basket("a", fruit), Basket("b", fruit)
    a.add("plum").add("apple")
    fruit["kiwi"] = 9
    return state(a, b) + [fruit]


def empty_given():
    fruit = {}
    a = Basket("a", fruit).add("fig")
    return state(a) + [fruit]


def copied():
    a = Basket("a").add("plum", 3)
    b = a.copy("b")
    a.add("plum", -1)
    b.add("kiwi")
    c = b.copy("c").add("kiwi", -1)
    return state(a, b, c)


def too_few(number):
    a = Basket("a", {"plum": 2})
    try:
        a.add("plum", number)
    except ValueError:
        return ["ValueError"] + state(a)
    return state(a)


def unknown():
    a = Basket("a")
    try:
        a.add("plum", -1)
    except ValueError:
        return ["ValueError"] + state(a)
    return state(a)


def outside():
    a = Basket("a", {"plum": 2, "apple": 1})
    a.contents()["fig"] = 5
    return state(a)


for f in [two, given, empty_given, copied, unknown, outside, two]:
    say(f)
for number in [-1, -2, -3, 0, 5]:
    say(too_few, number)
say(lambda: state(Basket("a").add("plum", 0)))
say(lambda: state(Basket("z", {"b": 1, "a": 2, "C": 3})))
