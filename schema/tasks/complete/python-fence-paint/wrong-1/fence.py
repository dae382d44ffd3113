def paint(length, strokes):
    colours = {}
    for first, last, colour in strokes:
        for board in range(max(first, 0), min(last + 1, length)):
            colours[board] = colour
    edges = range(length + 1)
    colours = [colours.get(board) for board in range(length)]
    result = []
    for i, colour in enumerate(colours):
        if colour is None:
            continue
        first, end = edges[i], edges[i + 1]
        if result and result[-1][1] == first - 1 and result[-1][2] == colour:
            first = result.pop()[0]
        result.append((first, end - 1, colour))
    return result
