from bisect import bisect_right


def active_at(sessions, moments):
    ran = [(s, e) for s, e in sessions if e is None or e > s]
    return [sum(1 for s, e in ran if s <= m and (e is None or m < e)) for m in moments]
