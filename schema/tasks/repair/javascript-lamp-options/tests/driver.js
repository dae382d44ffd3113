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

const { describe } = require("./lamp");

say(describe);
for (const options of [undefined, {}, { name: "desk", level: 80 }, { level: 0 }, { on: false }, { on: undefined }, { fade: 0 }, { fade: null }, { fade: undefined, level: undefined, name: undefined, tone: undefined }, { name: "" }, { level: -5 }, { level: 100.5 },
  { level: 99.5 }, { level: 1000 }, { tone: "cold" }, { tone: "green" }, { tone: "" }, { tone: null }, { name: "x", level: 0, tone: "cold", fade: 0, on: false }, { fade: 1 }, { extra: 1 }]) say(describe, options);
const own = { level: 500, tone: "red" };
say(describe, own);
say(() => own);
