import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from yard import simulate

cases = [
    ("1b.#\n.2b.", {"2": "E*2", "1": "E*3"}), ("1..\nb..", {"1": "take E drop"}), ("1.\nb.", {"1": "take E drop S drop"}), ("1", {}), ("1", {"1": ""}), ("1", {"1": "N E S W"}), ("1.\n..", {"1": "E S W N"}), ("1..", {"1": "E*2"}), ("1..", {"1": "E*3 W wait E"}),
    ("1b.", {"1": "E E"}), ("1bb.", {"1": "E"}), ("1b#", {"1": "E"}), ("1b", {"1": "E W"}), (".b1", {"1": "W*2"}), ("..\nb1", {"1": "N W S*2"}), ("1B.", {"1": "E"}), ("21B..", {"1": "E E", "2": "wait E"}), ("21B..", {"1": "E*3", "2": "E*3"}), ("12B..", {"1": "E*3", "2": "E*3"}),
    ("B12", {"1": "W"}), (".B12", {"1": "W"}), (".\nB\n1\n2", {"1": "N", "2": "N"}), ("3.\n1B.\n2.", {"1": "E"}), ("1b\n..", {"1": "S take N E take take"}), ("b1b.", {"1": "W take E drop W drop"}), ("1bb.", {"1": "E take E drop E drop W drop"}), ("1B", {"1": "E take"}),
    ("1.b.", {"1": "E take E*2 W drop"}), ("b1b..", {"1": "W take E*2"}), ("1b2", {"1": "E take", "2": "W take"}), ("1b2", {"2": "W take drop", "1": "E take wait*2 E take"}), ("1.2", {"1": "E", "2": "W"}), ("1.2", {"2": "W", "1": "wait E"}), ("12.", {"1": "E E", "2": "E"}), ("21.", {"1": "E", "2": "E E"}),
    ("9.\n.0", {"9": "S", "0": "W"}), ("1\nb\n.", {"1": "take S drop"}), ("1.", {"1": "drop E drop"}), ("1..\n...", {"1": "E*2 S W*10"}), ("#1#", {"1": "W E N S take drop wait"}), ("1b.\n2b.", {"1": "E", "2": "E*2"}),
]
for text, programs in cases:
    say(simulate, text, programs)
for program in ["X", "e", "E*0", "E*100", "E*", "E *2", "E*-1", "E*1.5", "EE", "take*99", "*2", "wait*2*2", "E*01", "E*99 N"]:
    say(lambda: simulate("1.", {"1": program})["steps"])
say(simulate, "1.", {"2": "E"})
say(simulate, "1.", {"2": ""})
programs = {"1": "E wait"}
say(lambda: [simulate("1.", programs), programs])
