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
from shell import run
from store import Store


def play(text):
    return [str(answer) for answer in run(text.split("; "))]


for text in ["GET a", "SET a 1; GET a; KEYS; COUNT 1; DELETE a; COUNT 1; KEYS; DELETE a", "COMMIT; ROLLBACK; DEPTH", "BEGIN; SET a 1; ROLLBACK; GET a; DEPTH; COUNT 1", "BEGIN; SET a 1; COMMIT; GET a; ROLLBACK",
             "SET a 1; BEGIN; SET a 2; SET a 3; GET a; COUNT 1; COUNT 2; COUNT 3; ROLLBACK; GET a; COUNT 1; COUNT 3", "SET a 1; BEGIN; DELETE a; GET a; KEYS; COUNT 1; ROLLBACK; GET a; KEYS; COUNT 1", "SET a 1; BEGIN; DELETE a; SET a 1; DELETE a; COMMIT; GET a",
             "SET a 1; BEGIN; SET a 2; BEGIN; SET a 3; DEPTH; COMMIT; GET a; DEPTH; ROLLBACK; GET a", "SET a 1; BEGIN; SET a 2; BEGIN; SET a 3; ROLLBACK; GET a; COMMIT; GET a; DEPTH", "BEGIN; BEGIN; SET a 1; COMMIT; ROLLBACK; KEYS", "BEGIN; BEGIN; SET a 1; COMMIT; COMMIT; KEYS; ROLLBACK",
             "SET a 1; BEGIN; BEGIN; DELETE a; COMMIT; SET a 5; ROLLBACK; GET a", "SET a 1; SET b 1; SET c 2; COUNT 1; BEGIN; SET c 1; COUNT 1; BEGIN; DELETE a; COUNT 1; ROLLBACK; COUNT 1; ROLLBACK; COUNT 1; COUNT 2; COUNT 9", "BEGIN; DELETE x; ROLLBACK; DEPTH", "SET a 1; SET a 1; COUNT 1",
             "BEGIN; SET b 1; BEGIN; SET a 1; KEYS; ROLLBACK; KEYS; COMMIT; KEYS", "BEGIN x; COUNT; DEPTH 1; NOPE; commit", "BEGIN; SET a 1; NOPE; COMMIT; GET a", "BEGIN; ROLLBACK; ROLLBACK", "BEGIN; COMMIT; COMMIT", "SET a 1; BEGIN; SET a 1; COUNT 1; ROLLBACK; COUNT 1"]:
    say(play, text)


def large():
    store = Store()
    for i in range(50000):
        store.set(f"k{i}", str(i % 10))
    for i in range(20000):
        store.begin()
        store.set("k7", "x")
        store.delete(f"k{i + 100}")
        (store.rollback if i % 2 else store.commit)()
        store.count("3")
    return [store.count("7"), store.count("x"), store.depth, len(store.keys())]


def deep():
    store = Store()
    for i in range(20000):
        store.begin()
        store.set(f"k{i % 50}", str(i))
        store.set(f"r{i}", "r") if i < 5 else None
    counts = [store.depth, store.count("19999"), store.count("r")]
    for _ in range(10000):
        store.rollback()
    for _ in range(10000):
        store.commit()
    return counts + [store.depth, store.get("k0"), store.get("k49"), len(store.keys())]


def error():
    try:
        Store().commit()
    except errors.NoTransaction as e:
        return isinstance(e, errors.StoreError)


for f in [large, deep, error]:
    say(f)
