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

const { merge } = require("./theme");

const show = (v) => (Array.isArray(v) ? v.map(show) : v && typeof v === "object" ? { "{}": Object.keys(v).map((k) => [k, show(v[k])]) } : v === undefined ? "undefined" : v);
const ask = (...texts) => {
  const values = texts.map((t) => (t === undefined ? undefined : JSON.parse(t)));
  say(() => show(merge(...values)));
  say(() => values.map((v, i) => (texts[i] === undefined ? v === undefined : JSON.stringify(v) === JSON.stringify(JSON.parse(texts[i])))));
};
ask("{}");
ask('{"a":1}');
ask('{"a":1}', '{"b":2}');
ask('{"a":{"b":{"c":1,"d":2}}}', '{"a":{"b":{"c":3}}}');
ask('{"a":1,"b":"x","c":true}', '{"a":0,"b":"","c":false}');
ask('{"a":1}', '{"a":null}');
ask('{"a":null}', '{"a":{"b":1}}');
ask('{"a":{"b":1}}', '{"a":null}');
ask('{"a":{"b":1}}', '{"a":[1]}');
ask('{"a":[1,2,3]}', '{"a":[4]}');
ask('{"a":[{"b":1}]}', '{"a":[{"c":2}]}');
ask('{"a":[1]}', '{"a":{"0":2}}');
ask('{"a":1}', '{"a":{"b":1}}', '{"a":{"c":2}}');
ask('{"a":1,"b":2}', '{"a":"inherit"}');
ask('{"a":1,"b":2}', '{"a":"inherit","c":3}', '{"a":5}');
ask('{"a":{"b":1,"c":2}}', '{"a":{"b":"inherit"}}');
ask('{"a":1}', '{"z":"inherit","n":{"y":"inherit","x":1}}');
ask('{"a":"inherit"}', '{"b":1}');
ask('{"z":1,"a":2}', '{"m":3,"z":4}', '{"b":5,"a":6}');
ask('{"a":1}', undefined, "null", '{"a":2}', undefined);
ask('{"a":{"x":1}}', '{"__proto__":{"polluted":1}}');
ask('{"__proto__":{"x":1}}', '{"__proto__":{"y":2}}');
ask('{"a":1}', '{"constructor":{"prototype":{"polluted":2}}}');
say(() => [{}.polluted === undefined, typeof {}.constructor]);
say(() => show(merge({ a: 1, b: { c: 2 } }, { a: undefined, b: { c: undefined, d: 3 }, e: undefined })));
say(() => {
  const base = { a: { b: [1, { c: 2 }] } };
  const over = { d: { e: [3] }, a: { f: { g: 4 } } };
  const result = merge(base, over);
  result.a.b[1].c = 9;
  result.a.b.push(9);
  result.d.e.push(9);
  result.a.f.g = 9;
  return [base, over, result];
});
say(() => {
  const once = { x: { y: 1 } };
  const result = merge({}, once, { x: { z: 2 } });
  return [once, result];
});
