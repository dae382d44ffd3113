def is_number(value):
    return isinstance(value, (int, float))


def show(value):
    if not value:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def render(rows, total=None):
    columns = list(rows[0])
    cells = {c: [row[c] for row in rows] for c in columns}
    shown = {c: [show(value) for value in cells[c]] for c in columns}
    right = {c: all(is_number(v) for v in cells[c]) for c in columns}
    result = show(sum(cells[total])) if total else ""
    width = {c: max(len(text) for text in shown[c]) for c in columns}

    def line(texts):
        parts = [t.rjust(width[c]) if right[c] else t.ljust(width[c]) for c, t in zip(columns, texts)]
        return "  ".join(parts).rstrip(" ")

    lines = [line(columns), line(["-" * width[c] for c in columns])]
    lines += [line([shown[c][i] for c in columns]) for i in range(len(rows))]
    if total:
        lines.append(line(["=" * width[c] if c == total else "" for c in columns]))
        lines.append(line([result if c == total else "" for c in columns]))
    return lines
