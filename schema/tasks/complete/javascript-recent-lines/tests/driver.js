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

const { Recent } = require("./recent");

function play(capacity, ...steps) {
  const log = new Recent(capacity);
  const seen = [];
  for (const [name, ...args] of steps) {
    const result = log[name](...args);
    seen.push([result === undefined ? null : result, log.size, log.dropped]);
  }
  return [seen, log.lines()];
}

const add = (...lines) => lines.map((line) => ["add", line]);
say(play, 3);
say(play, 3, ...add("a", "b"));
say(play, 3, ...add("a", "b", "c", "d"));
say(play, 3, ...add("a", "b", "c", "d", "e", "f", "g", "h"), ["lines"]);
say(play, 1, ...add("a", "b", "c"));
say(play, 3, ...add("a", "b", "c", "d"), ["last", 2], ["last", 3], ["last", 9], ["last", 0], ["last", -1], ["last", 1]);
say(play, 5, ...add("a", "b"), ["last", 1], ["last", 2], ["last", 3]);
say(play, 2, ...add("a", "b", "c"), ["clear"], ["lines"], ["last", 2], ...add("d", "e", "f"), ["lines"]);
say(play, 3, ...add("a", "b", "c", "d", "e"), ["clear"], ...add("x", "y"), ["lines"]);
say(play, 2, ...add("", "", "x"), ["lines"]);
for (const capacity of [0, -1, 2.5, NaN, "3", undefined]) say(play, capacity);
say(() => {
  const log = new Recent(2);
  ["a", "b", "c"].forEach((line) => log.add(line));
  log.lines().push("x");
  log.last(2).length = 0;
  return log.lines();
});
say(() => {
  const log = new Recent(100000);
  let length = 0;
  for (let i = 0; i < 300000; i++) length += (log.add(`line ${i}`) || "").length;
  return [length, log.size, log.dropped, log.last(2), log.lines()[0]];
});
