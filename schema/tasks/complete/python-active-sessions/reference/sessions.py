from bisect import bisect_right


def active_at(sessions, moments):
    ran = [(s, e) for s, e in sessions if e is None or e > s]
    starts = sorted(s for s, _ in ran)
    ends = sorted(e for _, e in ran if e is not None)
    return [bisect_right(starts, m) - bisect_right(ends, m) for m in moments]
