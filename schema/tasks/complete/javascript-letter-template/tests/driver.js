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

const { fill } = require("./template");

const values = { name: "Ada", n: 3, zero: 0, no: false, yes: true, empty: "", nil: null, undef: undefined, brace: "{name}", dollar: "$& $1", star: "*" };
for (const text of ["", "plain", "Dear {name},", "{ name }{  n}{n  }", "{name}{name}", "{zero} {no} {empty}.", "{missing|you}", "{missing| a b }.", "{missing|}.", "{name|you}",
  "{nil|x}{undef|y}{empty|z}{no|w}", "{name? and *}", "{name?*-*}", "{name?}.", "{empty?x}{no?x}{nil?x}{missing?x}.", "{zero?x}{yes?y}", "{n?* items}",
  "{{name}}", "{{{name}}}", "}}{{", "{{}}", "{brace}", "{dollar}", "{name?{dollar}", "{dollar?*}", "{star?[*]}", "{name ?a}", "{name |a}", "{ missing | a }",
  "{name?a*b}c*d", "{missing|*}", "{missing|?}", "{toString|own}", "a\n{name}\n", "{name?a?b}"]) say(fill, text, values);
for (const text of ["{missing}", "{nil}", "{", "}", "{}", "{ }", "{name", "name}", "{na me}", "{name|a|b}", "{name|a{b}", "{n-1}", "{{{}}}", "{name?a|b}", "{?a}", "{|a}", "{toString}",
  "{name|{n}}"]) say(fill, text, values);
