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

const { slug } = require("./slug");

for (const title of ["Müller's 2nd Café", "Hello, World!", "", "---", "  a  b  ", "Straße", "ÄÖÜ äöü", "don’t 'stop'", "a_b.c",
  "100 % sure?", "日本", "x日本y", "ALREADY-a-slug", "K and \u212A", "one\ntwo\tthree", "'", "a'-'b", "É"]) say(slug, title);
say(slug, "a".repeat(41));
say(slug, "a".repeat(40));
say(slug, "the quick brown fox jumps over a lazy dog");
for (const max of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) say(slug, "ab cde fgh", max);
say(slug, "ab cde", 0);
say(slug, "abcdef gh", 3);
say(slug, "- - a - b", 3);
say(slug, "a bcd", 2);
say(slug, "!!", 3);
