"use strict";
const assert = require("assert");
const { hasLinks, links, replace } = require("./links");

assert.strictEqual(hasLinks("see [[Salt]]"), true);
assert.strictEqual(hasLinks("see [[Salt]]"), true);
assert.deepStrictEqual(links("[[Salt]] and [[Pepper|the black one]], [[salt]]"), ["Salt", "Pepper"]);
assert.strictEqual(replace("[[a]] [[a]] [[b|B!]]", { a: "Alpha" }), "Alpha Alpha B!");
