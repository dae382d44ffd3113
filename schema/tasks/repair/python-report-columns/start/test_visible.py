from report import render

rows = [{"item": "bolt", "count": 12}, {"item": "nut", "count": 0, "note": "none left"}]
lines = render(rows, "count")
assert lines == [
    "item  count  note",
    "----  -----  ---------",
    "bolt     12",
    "nut       0  none left",
    "      =====",
    "         12",
], lines
