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

const { SoundBuffer } = require("./buffer");

const show = (v) => (v === undefined ? "undefined" : Array.isArray(v) ? v.map(show) : v);
function play(capacity, ...steps) {
  const b = new SoundBuffer(capacity);
  const seen = [[b.length, b.capacity]];
  for (const [name, arg] of steps) {
    let result;
    try {
      result = show(b[name](arg));
    } catch (e) {
      result = e instanceof RangeError ? "RangeError" : String(e);
    }
    seen.push([result, b.length, b.capacity]);
  }
  seen.push(show([b.peek(0), b.peek(b.length - 1), b.peek(-1), b.peek(-b.length), b.peek(b.length), b.peek(-b.length - 1)]), show(b.read(99)));
  return seen;
}
const w = (...a) => ["write", a];
const u = (...a) => ["unread", a];
const r = (n) => ["read", n];
const s = ["shrink"];
const failing = function* () { yield 1; yield 2; throw "broken"; };
say(play, undefined);
say(play, 4, w(1, 2, 3), r(2), w(4, 5, 6, 7), r(9));
say(play, 4, w(1, 2, 3, 4), w(5));
say(play, 4, w(1, 2, 3, 4), r(3), w(5, 6, 7), w(8), r(2));
say(play, 1, w(1), w(2), w(3), w(4), w(5), r(2), w(6));
say(play, 3, w(1, 2, 3, 4, 5, 6, 7));
say(play, 3, w(...Array.from({ length: 13 }, (_, i) => i)));
say(play, 4, u(1, 2), u(3, 4), u(5));
say(play, 4, w(1, 2, 3), r(1), u(8, 9), r(2));
say(play, 4, w(1, 2), r(2), u(1, 2, 3, 4, 5), w(6));
say(play, 2, w(1, 2), r(1), w(3), u(0), u(-1, -2, -3));
say(play, 4, w(1, 2, 3, 4, 5, 6, 7, 8, 9), s, r(5), s, r(4), s);
say(play, 4, w(1, 2, 3, 4, 5, 6, 7, 8), r(6), w(9, 10), s, w(11));
say(play, 3, w(1, 2, 3, 4, 5, 6, 7), r(7), s, s, w(1, 2, 3));
say(play, 4, w(1), s);
say(play, 4, w(1, 2, 3, 4, 5), s, r(1), s);
say(play, 4, w(1, 2), r(0), r(-1), r(1.5), r(NaN), r("1"), r(1));
say(play, 4, w(1, undefined, 3), r(2), w(undefined), r(1));
say(play, 4, w(), u(), r(3));
say(play, 4, ["write", "abc"], ["write", new Set([1, 2])], r(4));
say(play, 4, w(1), ["write", failing()], ["unread", failing()], w(2));
say(play, 2, w(1, 2), ["write", failing()]);
for (const capacity of [0, -1, 1.5, "4", null]) say(play, capacity);
say(() => {
  const b = new SoundBuffer(8);
  let sum = 0;
  for (let i = 0; i < 30000; i++) {
    b.write([i, i + 1, i + 2]);
    if (i % 3 === 0) b.unread([i]);
    for (const v of b.read(3)) sum = (sum * 31 + v) % 1000003;
  }
  return [sum, b.length, b.capacity, b.peek(0), b.peek(-1)];
});
