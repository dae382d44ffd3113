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

const { seat } = require("./rows");

const guests = (n) => Array.from({ length: n }, (_, i) => i + 1);
say(seat, guests(7), 3);
say(seat, [], 3);
for (const n of [1, 3, 4, 5, 6, 8, 9, 10, 11]) say(seat, guests(n), 4);
say(seat, guests(5), 1);
say(seat, guests(5), 100);
say(seat, guests(17), 5);
say(seat, ["Ada", null, "Bo"], 2);
for (const width of [0, -1, 1.5, NaN, "3"]) say(seat, guests(3), width);
say(seat, [], 0);
const own = guests(3);
say(seat, own, 2);
say(() => own);
