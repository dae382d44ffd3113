from months import between, later

assert later((2026, 1, 31), 1) == (2026, 2, 28), later((2026, 1, 31), 1)
assert later((2026, 11, 15), 3) == (2027, 2, 15), later((2026, 11, 15), 3)
assert later((2026, 1, 15), -1) == (2025, 12, 15), later((2026, 1, 15), -1)
assert between((2026, 1, 31), (2026, 2, 28)) == 1, between((2026, 1, 31), (2026, 2, 28))
assert between((2026, 3, 10), (2026, 1, 20)) == -1, between((2026, 3, 10), (2026, 1, 20))
