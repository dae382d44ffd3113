def paint(length, strokes):
    inside = []
    for first, last, colour in strokes:
        first, end = max(first, 0), min(last + 1, length)
        if first < end:
            inside.append((first, end, colour))
    edges = sorted({edge for first, end, _ in inside for edge in (first, end)})
    place = {edge: i for i, edge in enumerate(edges)}
    colours = [None] * len(edges)
    # backwards, each piece between two edges is painted once: the next that is not painted yet
    following = list(range(len(edges) + 1))

    def unpainted(i):
        root = i
        while following[root] != root:
            root = following[root]
        while following[i] != root:
            following[i], i = root, following[i]
        return root

    for first, end, colour in reversed(inside):
        i = unpainted(place[first])
        while i < place[end]:
            colours[i] = colour
            following[i] = i + 1
            i = unpainted(i)
    result = []
    for i, colour in enumerate(colours):
        if colour is None:
            continue
        first, end = edges[i], edges[i + 1]
        if result and result[-1][2] == colour:
            first = result.pop()[0]
        result.append((first, end - 1, colour))
    return result
