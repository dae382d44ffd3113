import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


import random

from queue_room import WaitingRoom


def play(text):
    room = WaitingRoom()
    seen = []
    for word in text.split():
        name, *arguments = word.split(":")
        arguments = [int(a) if a.lstrip("-").isdigit() else a for a in arguments]
        try:
            result = getattr(room, name)(*arguments)
        except KeyError:
            result = "KeyError"
        seen.append([result, len(room), len(room.heap) <= 2 * len(room) + 8])
    return seen + [sorted(n for n in "abcdz" if n in room)]


for text in ["call peek", "arrive:b:1 arrive:a:1 peek call call call", "arrive:a:2 arrive:b:1 call call", "arrive:a:1 arrive:a:2 call call", "arrive:a:1 change:a:1 call", "arrive:a:1 arrive:b:1 change:a:1 call call",
             "arrive:a:1 arrive:b:2 change:a:2 call call", "arrive:a:1 arrive:b:2 change:a:3 change:a:1 call call", "arrive:a:1 arrive:b:1 change:a:5 change:a:1 call call", "change:a:1 leave:a peek",
             "arrive:a:1 leave:a arrive:a:5 arrive:b:3 call call", "arrive:a:1 leave:a leave:a call", "arrive:a:1 call arrive:a:1 call call", "arrive:a:5 change:a:1 call arrive:a:9 arrive:b:7 call call call",
             "arrive:a:5 arrive:b:6 change:a:7 leave:a arrive:a:5 arrive:c:5 call call call", "arrive:a:-1 arrive:b:0 call call", "arrive:z:1 arrive:d:1 arrive:a:1 leave:d call call call"]:
    say(play, text)


def busy():
    room = WaitingRoom()
    most = 0
    for i in range(20):
        room.arrive(f"p{i}", i)
    for i in range(50000):
        room.change("p7", i % 30)
        most = max(most, len(room.heap))
    return [most <= 48, len(room), [room.call() for _ in range(21)]]


def emptied():
    room = WaitingRoom()
    for i in range(1000):
        room.arrive(i, i)
    for i in range(999):
        room.leave(i)
    return [len(room), len(room.heap) <= 10, room.peek()]


def mixed():
    dice = random.Random(23)
    room = WaitingRoom()
    seen = []
    for _ in range(3000):
        name = f"n{dice.randrange(12)}"
        kind = dice.randrange(5)
        try:
            if kind == 0:
                seen.append(room.call())
            elif kind == 1:
                room.leave(name)
            elif kind == 2:
                room.change(name, dice.randrange(4))
            else:
                room.arrive(name, dice.randrange(4))
        except KeyError:
            seen.append("-")
        seen.append(len(room))
    return "".join(str(s) for s in seen)


for f in [busy, emptied, mixed]:
    say(f)
