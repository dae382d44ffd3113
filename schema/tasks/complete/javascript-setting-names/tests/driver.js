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

const { flatten } = require("./settings");

for (const text of [
  '{"a":{"b":1,"c":[true,{"d":null}]},"e":"x"}', "{}", '{"a":1}', '{"a":{}}', '{"a":[]}', '{"a":{"b":{}},"c":[[],{}]}', '{"a":null}',
  '{"a":0,"b":"","c":false}', '{"a":[1,2,[3,[4]]]}', '{"a.b":{"c":1}}', '{"a[0]":1,"b\\\\c":{"d.e[f\\\\":2}}', '{"":1}', '{"":{"":2}}',
  '{"a":{"":3}}', '{"z":1,"a":{"y":2,"b":3},"m":4}', '{"a":[{"b":1},{"b":2}]}', '{"a":{"b":{"c":{"d":{"e":"deep"}}}}}', '{"a]":1}',
  '{"a":"text","length":{"size":3}}', '{"__proto__":{"x":1}}',
]) {
  say((t) => Object.entries(flatten(JSON.parse(t))), text);
}
const own = JSON.parse('{"a":{"b":[1,{"c":2}]},"d":[]}');
say(flatten, own);
say(() => own);
