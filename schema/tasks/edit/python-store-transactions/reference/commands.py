def do_set(store, key, value):
    store.set(key, value)
    return "OK"


def do_get(store, key):
    return store.get(key)


def do_delete(store, key):
    store.delete(key)
    return "OK"


def do_keys(store):
    return " ".join(store.keys())


def do_begin(store):
    store.begin()
    return "OK"


def do_commit(store):
    store.commit()
    return "OK"


def do_rollback(store):
    store.rollback()
    return "OK"


def do_count(store, value):
    return str(store.count(value))


def do_depth(store):
    return str(store.depth)


# name: (function, number of arguments)
COMMANDS = {
    "SET": (do_set, 2),
    "GET": (do_get, 1),
    "DELETE": (do_delete, 1),
    "KEYS": (do_keys, 0),
    "BEGIN": (do_begin, 0),
    "COMMIT": (do_commit, 0),
    "ROLLBACK": (do_rollback, 0),
    "COUNT": (do_count, 1),
    "DEPTH": (do_depth, 0),
}
