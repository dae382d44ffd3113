"use strict";
const assert = require("assert");
const { calculate } = require("./units");

assert.strictEqual(calculate("2 * (1m + 30cm) - 5 mm"), "2.595 m");
assert.strictEqual(calculate("10 - 3 - 2"), "5");
assert.strictEqual(calculate("8 / 4 / 2"), "1");
assert.strictEqual(calculate("1.0005"), "1.001");
assert.throws(() => calculate("1m * 1m"), TypeError);
assert.throws(() => calculate("(1 + 2"), SyntaxError);
