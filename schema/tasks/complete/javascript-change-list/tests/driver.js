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

const { changes } = require("./changes");

const ask = (a, b) => say((x, y) => changes(JSON.parse(x), JSON.parse(y)), a, b);
ask("1", "1");
ask("1", "2");
ask("1", '"1"');
ask("null", "{}");
ask("null", "null");
ask("0", "false");
ask('""', "null");
ask("{}", "[]");
ask('{"0":1}', "[1]");
ask('{"a":1}', '{"a":1}');
ask('{"a":1,"b":2}', '{"b":2,"a":1}');
ask('{"a":1}', '{"a":2,"b":[1,{"c":null}]}');
ask('{"a":1,"b":{"x":1}}', '{"b":{}}');
ask('{"b":{"y":1,"x":1},"a":1}', '{"b":{"y":2,"x":2},"a":2,"c":3}');
ask('{"a":{"b":1},"a-":1,"aa":1}', '{"a":{"b":2},"a-":2,"aa":2}');
ask("[1,2,3]", "[1,3]");
ask("[1]", "[1,null,[]]");
ask("[]", "[1,2,3,4,5,6,7,8,9,10,11,12]");
ask("[0,0,0,0,0,0,0,0,0,0,0]", "[0,1,0,0,0,0,0,0,0,0,1]");
ask('{"a/b":1,"c~d":1,"~1":1}', '{"a/b":2,"c~d":2,"~1":2}');
ask('{"":1}', '{"":{"":1}}');
ask('{"a":[1,{"b":[2]}]}', '{"a":[1,{"b":[3,4]}]}');
ask('{"a":null}', "{}");
ask("{}", '{"a":null}');
ask('{"a":{}}', '{"a":[]}');
ask('{"10":1,"9":1,"B":1,"a":1}', '{"10":2,"9":2,"B":2,"a":2}');
ask("{}", '{"toString":1,"__proto__":2}');
ask('{"constructor":1}', "{}");
ask('{"t":"line\\n\\"q\\""}', '{"t":"\\u00e9"}');
