def free(bookings, opens, closes, shortest):
    gaps = []
    at = opens
    for start, end in sorted(bookings):
        start = min(start, closes)
        if start - at >= shortest:
            gaps.append((at, start))
        at = max(at, end)
    if closes - at >= shortest:
        gaps.append((at, closes))
    return gaps
