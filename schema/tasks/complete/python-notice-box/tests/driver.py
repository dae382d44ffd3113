import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from notice import frame

say(frame, "Wet\npaint")
say(frame, "Wet", "Note")
say(frame, "")
say(frame, "\n")
say(frame, "\n\n")
say(frame, "a")
say(frame, "a\n\nb")
say(frame, "a   \nbb ")
say(frame, "   a")
say(frame, "one\n")
say(frame, "", "T")
say(frame, "", "Title")
say(frame, "abc", "T")
say(frame, "abcd", "T")
say(frame, "abcdefghij", "Note")
say(frame, "ab", "Note")
say(frame, "caf\u00e9\n\u00fcber", "\u00c4")
