"use strict";
const assert = require("assert");
const { describe } = require("./lamp");

assert.strictEqual(describe({ name: "desk", level: 80 }), "desk: 80 %, warm, fades 500 ms, on");
assert.strictEqual(describe({ name: "hall", level: 0, on: false }), "hall: 0 %, warm, fades 500 ms, off");
