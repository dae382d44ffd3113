LEVELS = ["debug", "info", "warn", "error"]


def passes(record, level, source):
    if level is not None and LEVELS.index(record["level"]) < LEVELS.index(level):
        return False
    if source is not None and record["source"] != source:
        return False
    return True


def show(record):
    return f"{record['time']} {record['level']} {record['source']}: {record['message']}"


def lines(records, level=None, source=None):
    return [show(r) for r in records if passes(r, level, source)]
