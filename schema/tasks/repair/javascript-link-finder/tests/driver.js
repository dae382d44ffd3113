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

const { hasLinks, links, replace } = require("./links");

const titles = { a: "Alpha", b: "$& $1 $$", c: "[[a]]", empty: "", Salt: "NaCl" };
for (const text of ["", "none", "[[a]]", "x[[a]]y[[b]]z", "[[a|label]]", "[[ a ]]", "[[ a | two words ]]", "[[]]", "[[ ]]", "[[|x]]", "[[a|]]", "[[a| ]]", "[[a|x|y]]", "[[a]", "[a]", "[[a\nb]]", "[[a]]]]", "[[[a]]]", "[[a[b]]", "[[[[a]]]]", "[[a]] [[A]] [[ a|b]]", "[[B]][[b]][[c]]",
  "[[Salt]] and [[Pepper|the black one]], [[salt]]", "[[empty]].", "[[toString]] [[constructor]]", "[[a|$&]]", "[[c]]", "[[É]] [[é]]", "[[\t]]", "[[a]][[ ]][[b]]", "[[ |x]][[a]]"]) {
  say(() => [hasLinks(text), hasLinks(text), links(text), links(text), replace(text, titles), replace(text, {})]);
}
say(() => { hasLinks("[[a]] long text before"); return links("[[b]]"); });
say(() => links("[[x]]".repeat(3) + "[[".repeat(3000)));
