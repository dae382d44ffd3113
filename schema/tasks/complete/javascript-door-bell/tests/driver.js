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

const { Bell } = require("./bell");

/* Lets `f` play with a bell and a maker of listeners that write down what they are called with. */
function play(f) {
  say(() => {
    const log = [];
    const bell = new Bell();
    const note = (tag, also) => (...values) => {
      log.push([tag, ...values]);
      if (also) also();
    };
    const tell = (value) => log.push(value);
    f(bell, note, tell);
    return log;
  });
}
const attempt = (f, tell) => {
  try {
    tell(f());
  } catch (e) {
    tell(`thrown ${e}`);
  }
};

play((b, note, tell) => tell(b.ring("x")));
play((b, note, tell) => { b.on("x", note("a")); b.on("x", note("b")); b.on("y", note("c")); tell(b.ring("x", 1, 2)); tell(b.count("x")); tell(b.count("z")); });
play((b, note, tell) => { b.once("x", note("a")); tell(b.ring("x", 1)); tell(b.ring("x", 2)); tell(b.count("x")); });
play((b, note, tell) => { const f = note("a"); b.on("x", f); b.on("x", f); tell(b.ring("x")); tell(b.off("x", f)); tell(b.ring("x")); tell(b.off("x", f)); tell(b.off("x", f)); tell(b.count("x")); });
play((b, note, tell) => { const f = note("a"); const undo = b.on("x", f); b.on("x", note("b")); b.on("x", f); undo(); undo(); tell(b.ring("x")); tell(b.count("x")); });
play((b, note, tell) => { const f = note("a"); b.on("x", f); b.on("x", note("b")); b.on("x", f); b.off("x", f); b.ring("x"); tell(b.count("x")); });
play((b, note, tell) => { const f = note("a"); b.on("x", f); b.once("x", f); tell(b.off("x", f)); tell(b.ring("x")); tell(b.ring("x")); });
play((b, note, tell) => { const f = note("b"); b.on("x", note("a", () => b.off("x", f))); b.on("x", f); tell(b.ring("x")); tell(b.count("x")); });
play((b, note, tell) => { b.on("x", note("a", () => b.on("x", note("new")))); tell(b.ring("x")); tell(b.ring("x")); tell(b.count("x")); });
play((b, note, tell) => { const undo = b.on("x", note("a", () => undo())); b.on("x", note("b")); b.on("x", note("c")); tell(b.ring("x")); tell(b.ring("x")); });
play((b, note, tell) => { b.once("x", note("a", () => tell(b.ring("x", "inner")))); b.on("x", note("b")); tell(b.ring("x", "outer")); });
play((b, note, tell) => { const undo = b.once("x", note("a")); undo(); tell(b.ring("x")); });
play((b, note, tell) => { const undo = b.once("x", note("a")); b.ring("x"); b.on("x", note("b")); undo(); tell(b.ring("x")); });
play((b, note, tell) => { const f = note("a"); b.once("x", f); b.ring("x"); tell(b.off("x", f)); });
play((b, note, tell) => { b.on("x", () => { throw "first"; }); b.on("x", note("b")); b.on("x", () => { throw "second"; }); attempt(() => b.ring("x", 1), tell); });
play((b, note, tell) => { b.once("x", () => { throw undefined; }); b.on("x", note("b")); attempt(() => b.ring("x"), tell); attempt(() => b.ring("x"), tell); });
play((b, note, tell) => { b.on("constructor", note("a")); tell(b.ring("constructor")); tell(b.ring("toString")); b.on("__proto__", note("p")); tell(b.ring("__proto__")); b.on("", note("e")); tell(b.ring("")); });
play((b, note, tell) => { const f = note("f"); const g = note("g", () => { b.off("x", f); b.on("x", f); }); b.on("x", g); b.on("x", f); tell(b.ring("x")); tell(b.ring("x")); });
play((b, note, tell) => { let depth = 0; b.on("x", note("a", () => { if (depth++ < 2) { b.once("x", note(`late${depth}`)); tell(b.ring("x", depth)); } })); tell(b.ring("x", 0)); tell(b.count("x")); });
