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


# name: (function, number of arguments)
COMMANDS = {
    "SET": (do_set, 2),
    "GET": (do_get, 1),
    "DELETE": (do_delete, 1),
    "KEYS": (do_keys, 0),
}
