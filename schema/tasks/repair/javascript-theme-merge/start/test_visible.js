"use strict";
const assert = require("assert");
const { merge } = require("./theme");

const base = { text: { size: 12, font: { name: "Serif", bold: true } }, margin: 4 };
const dark = { text: { font: { bold: false } }, margin: 0 };
assert.deepStrictEqual(merge(base, dark), { text: { size: 12, font: { name: "Serif", bold: false } }, margin: 0 });
assert.deepStrictEqual(base, { text: { size: 12, font: { name: "Serif", bold: true } }, margin: 4 });
