def page(items, number, size):
    if number < 1 or size < 1:
        raise ValueError("number and size are 1 or more")
    pages = len(items) // size + 1
    start = (number - 1) * size
    return {
        "items": items[start : start + size],
        "pages": pages,
        "before": number - 1,
        "after": number + 1 if number <= pages else None,
    }
