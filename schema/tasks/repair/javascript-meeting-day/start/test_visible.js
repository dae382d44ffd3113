"use strict";
process.env.TZ = "Asia/Tokyo";
const assert = require("assert");
const { meeting } = require("./meeting");

assert.strictEqual(meeting(2026, 11, "tuesday", 1), "2026-11-03");
assert.strictEqual(meeting(2026, 12, "friday", 4), "2026-12-25");
assert.strictEqual(meeting(2026, 11, "monday", -1), "2026-11-30");
