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

const { run } = require("./commands");
const { House } = require("./house");
const { status } = require("./show");

function play(text) {
  const house = new House();
  const seen = text.split("; ").map((line) => {
    try {
      return run(house, line);
    } catch (e) {
      return e instanceof RangeError ? "RangeError" : String(e);
    }
  });
  return [seen, [...house.lamps], status(house)];
}
for (const text of ["status", "add desk; status", "add desk; add door; switch desk on; status", "add desk office; add door; add bed attic; add tv office; status", "add a x; add b x; switch a on; room x on; room x on; room x off; status", "add a; room hall on; status", "room x on", "add a x; room y on; status",
  "add a x; add a y; add a; status", "switch a on", "add a; switch a up; room hall up; room hall; room; add; add a b c; status x; dim a", "add z b; add y a; add x b; add w A; status", "add a constructor; add b __proto__; room __proto__ on; room constructor on; status", "add a x; add b x; switch b on; room x off; status"]) say(play, text);
say(() => { const h = new House(); h.add("a", undefined); h.add("b", "x"); return [h.switchRoom("x", false), h.switchRoom("hall", true), [...h.lamps]]; });
