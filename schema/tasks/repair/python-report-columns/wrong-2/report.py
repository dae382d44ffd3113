def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def show(value):
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def render(rows, total=None):
    columns = list(dict.fromkeys(key for row in rows for key in row))
    if total is not None and total not in columns:
        raise KeyError(total)
    cells = {c: [row.get(c) for row in rows] for c in columns}
    shown = {c: [show(value) for value in cells[c]] for c in columns}
    right = {c: all(is_number(v) for v in cells[c] if v is not None) and any(v is not None for v in cells[c]) for c in columns}
    result = show(sum(v for v in cells[total] if is_number(v))) if total is not None else ""
    width = {c: max(len(text) for text in [c, *shown[c]]) for c in columns}

    def line(texts):
        parts = [t.rjust(width[c]) if right[c] else t.ljust(width[c]) for c, t in zip(columns, texts)]
        return "  ".join(parts).rstrip(" ")

    if not columns:
        return []
    lines = [line(columns), line(["-" * width[c] for c in columns])]
    lines += [line([shown[c][i] for c in columns]) for i in range(len(rows))]
    if total is not None:
        lines.append(line(["=" * width[c] if c == total else "" for c in columns]))
        lines.append(line([result if c == total else "" for c in columns]))
    return lines
