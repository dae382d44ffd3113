import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from pattern import matches


def all_of(pattern, *paths):
    return [matches(pattern, path) for path in paths]


say(all_of, "", "", "a", "/")
say(all_of, "a", "a", "A", "aa", "", "a/")
say(all_of, "*", "", "a", "abc", "a/b", "/", ".hidden")
say(all_of, "?", "", "a", "ab", "/", "\u00e9")
say(all_of, "a*c", "ac", "abc", "abcbc", "abcb", "a/c", "a")
say(all_of, "*.py", "a.py", ".py", "a.pyc", "a/b.py")
say(all_of, "*a*b*", "ab", "xaybz", "ba", "aab", "bab")
say(all_of, "a/*/c", "a/b/c", "a//c", "a/c", "a/b/b/c")
say(all_of, "a/**/b", "a/b", "a/x/b", "a/x/y/b", "a/b/b", "ab", "a/x", "a//b", "xa/b")
say(all_of, "**/b", "b", "a/b", "/b", "ab", "b/a")
say(all_of, "a/**", "a", "a/", "a/x", "a/x/y", "ab", "b/a")
say(all_of, "**", "", "a", "a/b", "/")
say(all_of, "**/**", "", "a", "a/b/c")
say(all_of, "a**b", "ab", "axb", "a/b", "axxb")
say(all_of, "**a", "a", "xa", "x/a")
say(all_of, "a/**b", "a/b", "a/xb", "a/x/b")
say(all_of, "**/x/**/y", "x/y", "a/x/b/y", "x/x/y/y", "y/x", "x/y/z")
say(all_of, "[abc]", "a", "b", "d", "", "ab")
say(all_of, "[a-c]x", "ax", "bx", "dx", "-x")
say(all_of, "[!a-c]", "a", "d", "!", "", "/")
say(all_of, "[]a]", "]", "a", "b", "[]a]")
say(all_of, "[!]]", "]", "a", "!")
say(all_of, "[a-]", "a", "-", "b")
say(all_of, "[-a]", "a", "-", "b")
say(all_of, "[!-a]", "a", "-", "b", "!")
say(all_of, "[z-a]", "a", "z", "m", "-")
say(all_of, "[a-c-e]", "a", "b", "-", "d", "e")
say(all_of, "[a", "[a", "a", "[")
say(all_of, "[]", "[]", "]", "")
say(all_of, "[!]", "[!]", "a", "!")
say(all_of, "x[a/b]", "x[a/b]", "xa", "x/")
say(all_of, "[*?]", "*", "?", "a")
say(all_of, "[\\]a]", "\\a]", "\\", "]", "a")
say(all_of, "\\*", "*", "a", "\\*")
say(all_of, "\\[a]", "[a]", "a", "\\a")
say(all_of, "a\\", "a\\", "a")
say(all_of, "\\\\", "\\", "\\\\")
say(all_of, "\\**", "*", "*abc", "a", "")
say(all_of, "a\\/b", "a\\/b", "a/b")
say(all_of, "\\a", "a", "\\a")
say(all_of, "*/", "a/", "/", "a", "a/b")
say(all_of, "[a-z]*[0-9].t?t", "x1.txt", "x.txt", "abc9.tst", "X1.txt", "a1.tt")
say(all_of, "*a*a*a*a*a*a*a*b", "a" * 3000, "a" * 3000 + "b", "b" * 3000)
say(all_of, "**/a/**/a/**/a/**/a/**/b", "a/" * 1000 + "a", "a/" * 1000 + "b")
say(all_of, "**/*a*a*a*b/**/c", "/".join(["aaaaaaaaab"] * 300), "/".join(["aaaaaaaaab"] * 300) + "/c")
