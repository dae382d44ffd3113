from filters import make


def show(record):
    return f"{record['time']} {record['level']} {record['source']}: {record['message']}"


def lines(records, spec=""):
    passes = make(spec)
    return [show(r) for r in records if passes(r)]


def count(records, *specs):
    return [sum(1 for r in records if passes(r)) for passes in map(make, specs)]
