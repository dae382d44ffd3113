def free(bookings, opens, closes, shortest):
    gaps = []
    at = opens
    for start, end in sorted(b for b in bookings if b[0] < b[1]):
        if start - at >= shortest:
            gaps.append((at, start))
        at = max(at, end)
    if closes - at >= shortest:
        gaps.append((at, closes))
    return gaps
