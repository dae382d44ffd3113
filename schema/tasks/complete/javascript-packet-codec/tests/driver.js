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

const { encode, decode } = require("./codec");

const show = (v) => JSON.stringify(v, (k, x) => (x && typeof x === "object" && !Array.isArray(x) ? Object.entries(x) : Object.is(x, -0) ? "-0" : x));
const out = (v) => say(() => { const b = encode(v); return [b.toString("hex"), show(decode(b))]; });
const into = (hex) => say(() => show(decode(Buffer.from(hex.replace(/ /g, ""), "hex"))));
const max = Number.MAX_SAFE_INTEGER;
for (const v of [null, true, false, 0, -0, 1, -1, 127, 128, -128, -129, 16383, 16384, 2 ** 31, 2 ** 32 + 5, max, -max, "", "a", "é", "😀", "\0", "\ufeffx", "x".repeat(128), [], [[]], [1, "a", null], {},
  { a: 1 }, { b: 1, a: 2 }, { aa: 1, a: 2, "": 3 }, { 10: 1, 9: 2 }, { "é": 1, z: 2 }, { "😀": 1, "\uffee": 2 }, { a: undefined, b: 0 }, JSON.parse('{"__proto__":{"x":1},"constructor":2}'),
  Object.assign(Object.create(null), { q: 1 })]) out(v);
for (const v of [1.5, NaN, Infinity, max + 1, -max - 1, undefined, [undefined], [1, , 2], () => 1, 5n, Symbol("x"), "\ud800", { "\udc00": 1 }, { a: "x\ud800" }, { f() {} }, new Date(0), new Map(), Buffer.from("a")]) out(v);
const nest = (n, f) => { let v = f ? {} : []; for (let i = 1; i < n; i++) v = f ? { a: v } : [v]; return v; };
say(() => [encode(nest(100)).length, encode(nest(100, true)).length, encode([...nest(100), 1]).length]);
say(() => encode(nest(101)).length);
say(() => encode(nest(101, true)).length);
say(() => show(decode(Buffer.from("0601".repeat(99) + "0600", "hex"))).length);
say(() => show(decode(Buffer.from("0601".repeat(100) + "0600", "hex"))).length);
say(() => show(decode(Buffer.from("0601".repeat(100000) + "0600", "hex"))).length);
say(() => show(decode(Buffer.from("0601".repeat(100) + "00", "hex"))).length);
for (const hex of ["", "03", "0300", "0000", "08", "ff", "0380", "038000", "03ff00", "03807f", "03ffffffffffffff0f", "03ffffffffffffff10", "03ffffffffffffffff01", "038080808080808080808000", "04ffffffffffffff0f", "04feffffffffffff0f",
  "0500", "0501", "050161", "050261", "0501ff", "0502c3a9", "0502c080", "0503eda080", "0504f09f9880", "0502 c3 28", "05ffffffffffffff0f", "0600", "0601", "060100", "06020000", "0602 00", "06ffffffffffffff0f", "06ffffff7f 00",
  "0700", "07010161 00", "0702 0161 00 0162 00", "0702 0162 00 0161 00", "0702 0161 00 0161 00", "0702 0161 00 026161 00", "0701 00 0301", "0701 0161", "0701 050161 00", "0701 01ff 00", "07ffffffffffffff0f", "0702 02c3a9 00 017a 00"]) into(hex);
say(() => show(decode(new Uint8Array([9, 5, 1, 97, 9]).subarray(1, 4))));
