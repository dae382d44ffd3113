from pages import page

items = list("abcdefg")
assert page(items, 1, 3) == {"items": ["a", "b", "c"], "pages": 3, "before": None, "after": 2}, page(items, 1, 3)
assert page(items, 2, 3) == {"items": ["d", "e", "f"], "pages": 3, "before": 1, "after": 3}, page(items, 2, 3)
assert page(items, 3, 3)["after"] is None, page(items, 3, 3)
