from settings import read

assert read("a = 1\n\n# remark\nb.c=two # remark\n") == {"a": "1", "b.c": "two"}
got = read('colour = "#ff0000" # red\n')
assert got == {"colour": "#ff0000"}, got
got = read('path = "c:\\\\new"\n')
assert got == {"path": "c:\\new"}, got
try:
    read("a = 1\nnonsense\n")
except ValueError as e:
    assert str(e).startswith("line 2:"), e
