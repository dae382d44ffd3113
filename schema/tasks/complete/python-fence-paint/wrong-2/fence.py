def paint(length, strokes):
    pieces = []
    for first, last, colour in strokes:
        first, last = max(first, 0), min(last, length - 1)
        if first > last:
            continue
        kept = []
        for f, l, c in pieces:
            if f < first:
                kept.append((f, min(l, first - 1), c))
            if l > last:
                kept.append((max(f, last + 1), l, c))
        kept.append((first, last, colour))
        pieces = kept
    result = []
    for first, last, colour in sorted((p for p in pieces if p[2] is not None)):
        end = last + 1
        if result and result[-1][1] == first - 1 and result[-1][2] == colour:
            first = result.pop()[0]
        result.append((first, end - 1, colour))
    return result
