from yard import simulate

result = simulate("1b.#\n.2b.", {"2": "E*2", "1": "E*3"})
assert result == {"yard": ".1b#\n..2b", "steps": 3, "log": ["step 2: robot 1 cannot E", "step 2: robot 2 cannot E", "step 3: robot 1 cannot E"]}, result
result = simulate("1..\nb..", {"1": "take E drop"})
assert result["yard"] == ".1b\n...", result
