"use strict";
const assert = require("assert");
const { best } = require("./scores");

const scores = [{ name: "Ada", points: 9 }, { name: "Bo", points: 100 }, { name: "Cy", points: 25 }, { name: "Di", points: 25 }, { name: "Ed", points: 7 }];
assert.deepStrictEqual(best(scores, 4), ["1. Bo (100)", "2. Cy (25)", "2. Di (25)", "4. Ada (9)"]);
