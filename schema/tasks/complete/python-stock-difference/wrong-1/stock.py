def line(name, old, new):
    if old is None:
        return f"new: {new} {name}"
    if new is None:
        return f"gone: {old} {name}"
    return f"{new - old:+d} {name}"


def difference(before, after):
    changed = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if (old or 0) != (new or 0):
            changed.append(line(name, old, new))
    return changed
