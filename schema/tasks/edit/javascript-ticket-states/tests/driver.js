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

const { titles, counts } = require("./list");
const { line } = require("./text");
const { make, wait, resume, close } = require("./ticket");

const fields = (t) => Object.keys(t).sort().map((k) => [k, t[k]]);
const open = () => make("lamp");
const waiting = () => wait(make("door"), "Ada");
const closed = () => close(make("roof"));
for (const [name, f] of Object.entries({ open, waiting, closed, again: () => resume(waiting()), closedWaiting: () => close(waiting()), waitsAgain: () => wait(resume(waiting()), "Bo") })) {
  say(() => [name, fields(f()), line(f())]);
  say(() => fields(wait(f(), "Cy")));
  say(() => fields(resume(f())));
  say(() => fields(close(f())));
}
say(() => wait(open(), ""));
say(() => wait(closed(), ""));
say(() => {
  const t = waiting();
  resume(t);
  close(t);
  const o = open();
  wait(o, "x");
  return [fields(t), fields(o)];
});
const extra = { ...make("extra"), tags: ["a"] };
say(() => fields(close(wait(extra, "z"))));
const all = [open(), waiting(), closed(), close(waiting()), make("second"), wait(make("gate"), "Bo")];
for (const state of ["open", "waiting", "closed", "lost", undefined, "", "toString"]) say(titles, all, state);
say(counts, all);
say(counts, []);
say(() => all.map(line));
