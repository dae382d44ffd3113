def read_set(segment, at):
    """The set whose '[' is at `at` as (test, end), or None where it does not end."""
    at += 1
    inverted = segment.startswith("!", at)
    at += inverted
    close = segment.find("]", at + 1)
    if close < 0:
        return None
    members = segment[at:close]
    ranges = []
    i = 0
    while i < len(members):
        if i + 2 < len(members) and members[i + 1] == "-":
            ranges.append((members[i], members[i + 2]))
            i += 3
        else:
            ranges.append((members[i], members[i]))
            i += 1
    return (lambda c: any(a <= c <= b for a, b in ranges) != inverted), close + 1


def exactly(wanted):
    return lambda c: c == wanted


def read_segment(segment):
    """Tests for one character each; None stands for any number of them."""
    parts = []
    i = 0
    while i < len(segment):
        c = segment[i]
        found = read_set(segment, i) if c == "[" else None
        if found:
            parts.append(found[0])
            i = found[1]
            continue
        if c == "*":
            parts.append(None)
        elif c == "?":
            parts.append(lambda c: True)
        elif c == "\\" and i + 1 < len(segment):
            i += 1
            parts.append(exactly(segment[i]))
        else:
            parts.append(exactly(c))
        i += 1
    return parts


def walk(parts, items, fits):
    """Does the list of parts, in which None is any number, describe all of the items? The last None is the only one that must be tried again."""
    p = i = 0
    star = again = None
    while i < len(items):
        if p < len(parts) and parts[p] is None:
            star, again = p, i
            p += 1
        elif p < len(parts) and fits(parts[p], items[i]):
            p += 1
            i += 1
        elif star is not None:
            again += 1
            p, i = star + 1, again
        else:
            return False
    return all(part is None for part in parts[p:])


def matches(pattern, path):
    segments = [None if s == "**" else read_segment(s) for s in pattern.split("/")]

    def segment_fits(parts, text):
        return walk(parts, text, lambda test, c: test(c))

    for i in [i for i, s in enumerate(segments) if s is None][::-1]:
        segments.insert(i, [None])
    return walk(segments, path.split("/"), segment_fits)
