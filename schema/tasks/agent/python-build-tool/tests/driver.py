import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


import shutil
import tempfile

from build import run
from build_error import BuildError


class Place:
    """A folder to build in, with what is told of it."""

    def __init__(self, **files):
        self.path = tempfile.mkdtemp(dir=".")
        for name, text in files.items():
            self.put(name.replace("_", "."), text)

    def put(self, name, text):
        with open(os.path.join(self.path, name), "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())

    def get(self, name):
        try:
            with open(os.path.join(self.path, name), "rb") as f:
                return f.read().decode("latin-1")
        except OSError:
            return None

    def remove(self, name):
        os.remove(os.path.join(self.path, name))

    def run(self, *goals):
        try:
            return run(self.path, list(goals)) if goals else run(self.path)
        except BuildError as e:
            text = str(e)
            return "error " + (text.split(" ")[0] if text.startswith("BUILD:") else text)

    def targets(self, *names):
        return [self.get(name) for name in names]


PAGES = "# pages\npage.txt: head.txt body.txt\n    join\nbody.txt: raw.txt\n\tupper\n  # two\n\n    lines 2\n"


def pages():
    return Place(BUILD=PAGES, head_txt="Head\n", raw_txt="one\ntwo\nthree\n")


def again():
    p = pages()
    seen = [p.run(), p.targets("page.txt", "body.txt"), p.run()]
    p.put("raw.txt", "one\ntwo\nfour\n")
    seen += [p.run(), p.run()]
    p.put("raw.txt", "one\nZWEI\nfour\n")
    seen += [p.run(), p.targets("page.txt")]
    p.put("head.txt", "New\n")
    seen += [p.run(), p.targets("page.txt")]
    return seen


def touched():
    p = pages()
    p.run()
    p.put("head.txt", "Head\n")
    seen = [p.run()]
    p.put("body.txt", "other")
    seen += [p.run(), p.get("body.txt")]
    p.remove("page.txt")
    seen += [p.run(), p.get("page.txt"), p.run()]
    p.remove("body.txt")
    return seen + [p.run("page.txt")]


def changed_rules():
    p = pages()
    p.run()
    p.put("BUILD", PAGES.replace("lines 2", "lines 1"))
    seen = [p.run()]
    p.put("BUILD", PAGES.replace("lines 2", "lines 1").replace("head.txt body.txt", "body.txt head.txt"))
    seen += [p.run(), p.get("page.txt")]
    p.put("BUILD", "# more\n" + p.get("BUILD") + "x: raw.txt\n count\n")
    return seen + [p.run(), p.get("x"), p.run()]


def same_bytes_other_names():
    p = Place(BUILD="t: a b\n join\n", a="1", b="2")
    p.run()
    p.put("c", "2")
    p.put("BUILD", "t: a c\n join\n")
    seen = [p.run(), p.run()]
    p.put("a", "12")
    p.put("c", "")
    return seen + [p.run(), p.get("t")]


def memory(text):
    p = pages()
    p.run()
    p.put(".build.json", text)
    return [p.run(), p.run()]


def goals():
    p = Place(BUILD="a: x\n join\nb: a\n join\nc: x\n join\nd: b a\n join\n", x="1")
    return [p.run("c"), p.run("d"), p.run("b", "c"), p.run("nope"), p.run("a", "nope"), p.run(), p.run("a", "a")]


def none_made():
    p = Place(BUILD="a: x\n join\nb: missing\n join\n", x="1")
    return [p.run(), p.get("a"), p.run("a"), p.get("a")]


def broken(text):
    p = Place(BUILD=text, x="1", y="2")
    return [p.run(), sorted(n for n in os.listdir(p.path) if n not in ("BUILD", "x", "y", ".build.json"))]


def action(name, data):
    p = Place(BUILD=f"t: s\n {name}\n")
    p.put("s", data)
    return [p.run(), p.get("t")]


def fails_in_the_middle():
    p = Place(BUILD="a: x\n join\nb: a\n join\n", x="1")
    os.mkdir(os.path.join(p.path, "b"))
    try:
        p.run()
        seen = ["no failure"]
    except OSError:
        seen = ["OSError"]
    os.rmdir(os.path.join(p.path, "b"))
    return seen + [p.run(), p.targets("a", "b")]


for f in [again, touched, changed_rules, same_bytes_other_names, goals, none_made, fails_in_the_middle]:
    say(f)
for text in ["", "{", "[]", "null", "5", '{"page.txt": 5, "body.txt": null}', '{"page.txt": [1, 2, 3]}', b"\xff\xfe"]:
    say(memory, text)
for text in ["a: b\n join\nb: a\n join\n", "a: a\n join\n", "a: b\n join\nb: c\n join\nc: b\n join\n", "a: x b\n join\nb: nope\n join\n", "a: nope a\n join\n", "a: b c\n join\nb: x\n join\nc: b b x\n join\n", "a:\n count\n", "a: x x\n count\n",
             "", "# only\n\n  # remark\n", "a: x\n", "a: x\nb: y\n join\n", "a: x\n join\na: y\n join\n", " join\n", "a: x\n jump\n", "a: x\n lines\n", "a: x\n lines x\n", "a: x\n lines 1 2\n", "a: x\n join 5\n", "a x\n join\n", ": x\n join\n",
             "a: x\n\n# r\n join\n\tupper", "a:  x   y\n   join\n", "a: x\n Join\n", "a: x\n prefix\n", "a: y\n join\nb: nope\n jump\n"]:
    say(broken, text)
for name in ["join", "upper", "lines 0", "lines 1", "lines 2", "lines 007", "prefix > ", "prefix  two", "prefix \u00e9", "count"]:
    for data in ["", "a\nb", "\n\n", "a\r\nb\n", "a\rb\n"]:
        say(action, name, data)
say(action, "upper", b"\xe4\xff az{\x00")
for name in os.listdir("."):
    if os.path.isdir(name) and name.startswith("tmp"):
        shutil.rmtree(name)
