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

const { dump } = require("./hex");

const upTo = (n) => Uint8Array.from({ length: n }, (_, i) => i & 255);
say(dump, Buffer.from("Hello world!\n\0\xff~AB", "latin1"));
say(dump, upTo(0));
for (const n of [1, 2, 7, 8, 9, 15, 16, 17, 32, 33]) say(dump, upTo(n));
say(dump, upTo(256));
say(dump, new Uint8Array(16));
say(dump, new Uint8Array(32));
say(dump, new Uint8Array(33));
say(dump, new Uint8Array(64));
say(dump, new Uint8Array(70));
say(dump, Buffer.concat([new Uint8Array(48), upTo(16), upTo(16), new Uint8Array(48), Buffer.from("end")]));
say(dump, Buffer.concat([upTo(16), new Uint8Array(16), upTo(16), new Uint8Array(16)]));
say(dump, Uint8Array.of(0x1f, 0x20, 0x7e, 0x7f, 0x80, 0xff, 0x7c));
say(dump, Buffer.from("****************************************************"));
say((b) => dump(b).slice(-3), new Uint8Array(70000));
say((b) => dump(b).slice(-3), Uint8Array.from({ length: 65553 }, (_, i) => i >> 4));
say((b) => dump(b.subarray(3, 24)), upTo(40));
