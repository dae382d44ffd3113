from turnstile import Turnstile

t = Turnstile(100)
t.event("coin", 60)
assert t.state == "locked"
t.event("coin", 40)
assert t.state == "open", t.state
t.event("push")
assert (t.state, t.passed, t.taken, t.credit) == ("locked", 1, 100, 0), vars(t)
t.event("coin", 250)
assert (t.state, t.credit) == ("open", 150), vars(t)
