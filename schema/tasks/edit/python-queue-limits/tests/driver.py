import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


import errors
from config import Config
from jobs import Queue
from report import summary


def play(limits, text):
    """Letters submit a job of that owner, a dot takes one, ? asks for the summary."""
    queue = Queue(Config(*limits) if limits is not None else None)
    seen = []
    for i, c in enumerate(text):
        try:
            if c == ".":
                seen.append(queue.next())
            elif c == "?":
                seen.append(summary(queue))
            else:
                seen.append(queue.submit(c, f"job{i}"))
        except errors.JobError as e:
            seen.append([type(e).__name__, e.limit])
    return seen


for text in ["", ".", "?", "a..", "aab...", "abab....", "aaab?", "aaaab.?a", "aaabbbcccd?", "aaabbbcccde?", "aaabbbcccda", "aab.ca...", "ab..ba..", "a.a.b.", "a.ab..", "a.b.ab..", "ab.b.a..a", "cba...abc...", "aab.b...", "abc.a.b....", "aaa.a.a.?...."]:
    say(play, None, text)
say(play, (2, 1), "aabcc..c.?")
say(play, (1,), "ab.b?")
say(play, (5, 5), "aaaaaa?.....")
for limits in [(0,), (-1,), (1, 0), (1.5,), ("3",), (3, None)]:
    say(play, limits, "")
say(lambda: [Config().most_waiting, Config().most_per_owner, Config(most_per_owner=7).most_per_owner])
say(lambda: [issubclass(c, errors.JobError) for c in (errors.Full, errors.TooMany)])
say(lambda: issubclass(errors.TooMany, errors.Full) or issubclass(errors.Full, errors.TooMany))
