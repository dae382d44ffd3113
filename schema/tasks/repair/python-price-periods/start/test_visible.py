from prices import Prices

p = Prices()
p.set(10, 20, 5)
p.set(15, 17, 6)
assert p.on(10) == 5 and p.on(9) is None and p.on(21) is None
assert p.periods() == [(10, 14, 5), (15, 17, 6), (18, 20, 5)], p.periods()
p.set(15, 17, 5)
assert p.periods() == [(10, 20, 5)], p.periods()
