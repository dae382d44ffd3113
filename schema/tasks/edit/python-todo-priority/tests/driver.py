import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from entry import Entry
from show import render
from store import dump, load


def fields(entries):
    return [[e.text, e.done, e.priority] for e in entries]


say(lambda: fields([Entry("a"), Entry("b", True), Entry("c", False, "A"), Entry("d", priority="C")]))
for priority in ["D", "a", "", "AB", None, "BC"]:
    say(lambda: fields([Entry("x", False, priority)]))
entries = [Entry("salt", False, "C"), Entry("rice", True, "A"), Entry("call Bo"), Entry("oil", False, "A"), Entry("tea", False, "C"), Entry("B b", False, "A")]
say(dump, entries)
say(render, entries)
say(lambda: fields(load(dump(entries))))
say(lambda: fields(entries))
say(dump, [])
say(render, [])
for text in ["[ ] A buy salt", "[x] C x", "[ ] call Bo", "[ ] A", "[x] B", "[ ] A ", "[ ] D old", "[ ] Apple pie", "[ ] a b", "[ ] A  two", "[ ] A B C", "[ ] B\tx", "[x] 5", "", "[ ] one\n[x] A two\n"]:
    say(lambda: fields(load(text)))
for text in ["call Bo", "[ ]", "[ ] ", "[y] A x", "[ ]A x"]:
    say(lambda: fields(load(text)))
say(lambda: dump(load("[ ] A old\n[ ] old\n")))
