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

const { compile } = require("./filter");

const books = [
  { title: "Salt", year: 1995, genre: "crime", tags: ["sea", "old"], sold: false, price: 9.5, pages: 0 },
  { title: "The \"Sea\"", year: 1980, genre: "novel", tags: [], sold: true, note: "a\\b" },
  { title: "", year: "1995", genre: null, tags: ["deep sea"], sold: null, price: -1 },
  {},
];
function ask(text) {
  say(() => {
    try {
      const f = compile(text);
      return books.map((b) => f(b)).map((v) => (v === true ? 1 : v === false ? 0 : `other ${v}`)).join("");
    } catch (e) {
      return e instanceof SyntaxError ? (/at [0-9]+$/.exec(e.message) || ["no offset"])[0] : `thrown ${e.name}`;
    }
  });
}
for (const text of [
  'year >= 1990 and (genre = "crime" or tags has "sea") and not sold', "sold", "not sold", "not not sold", "title", "tags", "pages", "price", "missing", "year = 1995", 'year = "1995"', "year != 1995", "year < 1990", 'year >= "1995"', "year > 1980.5", "price = -1", "price <= 9.50",
  "genre = null", "genre != null", "missing = null", "missing != null", "missing < 5", "sold = false", "sold = true", "sold < true", "genre < null", 'tags = "sea"', 'tags != "sea"', "tags = null", 'tags has "sea"', 'title has "a"', 'title has ""', 'year has "19"', 'tags has ""',
  'genre in ("crime", "novel")', "genre in (null)", 'year in (1980, "1995")', "sold in(true,false)", "tags in (null)", "sold or not tags and title", "not sold and tags", "not (sold and tags)", "sold and tags or title", "title and (sold or tags)", "(((sold)))",
  'title="Salt"', 'title = "The \\"Sea\\""', 'note = "a\\\\b"', 'sold=true and\n(year<1990)', "nothing", "android", "Not", "_x1", "toString", "constructor", "__proto__", "year>-5", "year > 5and sold", 'title < "T"', "not not not tags", "sold and sold and sold", "sold or sold or title", "sold or tags and missing", "title or year and missing or sold"]) ask(text);
for (const text of ["", " ", "and", "sold and", "sold or or sold", "(sold", "sold)", "()", "not", "sold not sold", "year 5", "year =", "year = sold", "year == 5", "= 5", "5 = year", 'title has 5', "title has", "genre in", "genre in ()", "genre in (1,)", "genre in (1 2)", "genre in 5", "genre in (1",
  'title = "open', 'title = "bad \\n"', "title = 'x'", "sold & x", "year = 5.", "year = .5", "year = +5", "year = - 5", "year = 1e5", "sold\tx", "sold ; x", "(sold and (title)", "sold title", "true", "null = 5", "has", "not and", 'year = 5 "x"', "é", "  sold  )", "sold and é or", "x in (sold)", "year ! = 5", "year <> 5", 'a = "x" b "y']) ask(text);
ask("(".repeat(1000) + "sold" + ")".repeat(1000));
ask("not ".repeat(1000) + "sold");
ask("(".repeat(1000) + "sold" + ")".repeat(999));
