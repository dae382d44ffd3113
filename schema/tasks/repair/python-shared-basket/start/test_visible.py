from basket import Basket

a = Basket("a").add("plum", 2)
b = Basket("b").add("pear")
assert a.contents() == {"plum": 2}, a.contents()
assert b.contents() == {"pear": 1}, b.contents()
assert a.history == [("plum", 2)], a.history
