"use strict";
const fs = require("fs");

function write(value) {
  fs.writeSync(3, JSON.stringify(value === undefined ? "undefined" : value) + "\n");
}

function say(f, ...args) {
  let value;
  try {
    value = f(...args);
  } catch (e) {
    const kind = [RangeError, SyntaxError, TypeError, Error].find((k) => e instanceof k);
    value = { thrown: kind ? kind.name : "other" };
  }
  write(value);
}

const { best } = require("./scores");

const of = (...points) => points.map((p, i) => ({ name: "abcdefghijkl"[i], points: p }));
for (const count of [0, 1, 2, 3, 4, 5, 9]) say(best, of(9, 100, 25, 25, 7), count);
say(best, [], 3);
say(best, of(5), 1);
say(best, of(5, 5, 5, 5), 2);
say(best, of(1, 2, 2, 2, 3), 2);
say(best, of(1, 2, 2, 2, 3), 4);
say(best, of(-1, -10, -2, 0, -2), 3);
say(best, of(10, 9, 8, 1000, 70, 200), 6);
say(best, of(0.5, 0.25, 1e21, 3), 3);
say(best, of(3, 3, 2, 2, 1, 1), 4);
say(best, of(3, 1, 2), 0);
const own = of(1, 3, 2);
say(best, own, 2);
say(() => own);
