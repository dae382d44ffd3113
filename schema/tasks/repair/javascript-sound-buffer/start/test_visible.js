"use strict";
const assert = require("assert");
const { SoundBuffer } = require("./buffer");

const b = new SoundBuffer(4);
b.write([1, 2, 3]);
assert.deepStrictEqual(b.read(2), [1, 2]);
assert.strictEqual(b.write([4, 5, 6, 7]), 5);
assert.deepStrictEqual(b.read(9), [3, 4, 5, 6, 7]);
b.unread([8, 9]);
assert.deepStrictEqual([b.peek(0), b.peek(-1)], [8, 9]);
assert.deepStrictEqual(b.read(1), [8]);
