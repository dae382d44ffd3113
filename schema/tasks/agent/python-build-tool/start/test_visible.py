import os
import tempfile

from build import run
from build_error import BuildError


def put(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text)


def get(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        return f.read()


with tempfile.TemporaryDirectory(dir=".") as folder:
    put(folder, "BUILD", "# pages\npage.txt: head.txt body.txt\n    join\nbody.txt: raw.txt\n    upper\n    lines 2\n")
    put(folder, "head.txt", "Head\n")
    put(folder, "raw.txt", "one\ntwo\nthree\n")
    assert run(folder) == ["body.txt", "page.txt"]
    assert get(folder, "page.txt") == "Head\nONE\nTWO\n", get(folder, "page.txt")
    assert run(folder) == []
    put(folder, "raw.txt", "one\ntwo\nfour\n")
    assert run(folder) == ["body.txt"]
    put(folder, "BUILD", "a: b\n    join\nb: a\n    join\n")
    try:
        run(folder)
    except BuildError as e:
        assert str(e) == "a needs itself", e
