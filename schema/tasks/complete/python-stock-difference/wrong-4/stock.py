def line(name, old, new):
    if not old:
        return f"new: {new} {name}"
    if not new:
        return f"gone: {old} {name}"
    return f"{new - old:+d} {name}"


def difference(before, after):
    changed = []
    for name in sorted(before.keys() | after.keys()):
        before.setdefault(name, 0)
        after.setdefault(name, 0)
        old, new = before.get(name, 0), after.get(name, 0)
        if old != new:
            changed.append(line(name, old, new))
    return changed
