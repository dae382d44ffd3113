from errors import BadFilter

FACTORIES = {}


def register(name):
    if name in FACTORIES:
        raise ValueError(f"{name} is registered already")

    def decorate(factory):
        FACTORIES[name] = factory
        return factory

    return decorate


def make_term(term, position):
    term = term.strip(" ")
    turned = term.startswith("!")
    name, argument = (term[turned:].split(":") + [""])[:2]
    name = name.strip(" ")
    if name not in FACTORIES:
        raise BadFilter(name, position, "no such filter")
    try:
        test = FACTORIES[name](argument)
    except ValueError as e:
        raise BadFilter(name, position, str(e)) from e
    return lambda record: bool(test(record)) != turned


def make(spec):
    if not spec.strip(" "):
        return lambda record: True
    groups = []
    position = 0
    for group in spec.split(","):
        tests = []
        for term in group.split("|"):
            tests.append(make_term(term, position))
            position += 1
        groups.append(tests)
    return lambda record: all(any(test(record) for test in tests) for tests in groups)


import builtin  # noqa: E402,F401  registers what is there
