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

const { readTable } = require("./table");

function ask(...lines) {
  say(() => {
    try {
      return readTable(lines.join("\n")).map((row) => Object.entries(row));
    } catch (e) {
      return [e instanceof SyntaxError, String(e.message).split(":")[0]];
    }
  });
}
ask("| Dish       | Price | Notes      |", "|:-----------|------:|------------|", "| Soup \\| roll | 4.5 | hot        |", "| Pie        |       |");
ask("|a|", "|-|");
ask("|a|", "|-|", "|x|", "||", "| |");
ask("", "  |a| ", "", " |-|", "   ", "  |x|  ", "");
ask("|a|b|", "|-|-:|", "|1|2|", "|x|-0.5|", "|y|007|");
ask("|a|b|c|", "|:-:|:-|---:|", "|1|2|3|");
ask("|a|b|", "|-|-|", "|x|", "|x|y|");
ask("|a|b|", "|-|-|", "|x|y|z|");
ask("|a|b|", "|-|-|", "", "|x|y||");
ask("|a|b|", "|-|");
ask("|a|", "|-|-|");
ask("|a|", "|=|");
ask("|a|", "|:|");
ask("|a|", "|-:-|");
ask("|a|");
ask("|a|", "", "");
ask("");
ask("", "", "");
ask("|a|a|", "|-|-|");
ask("|a||", "|-|-|");
ask("|", "|-|");
ask("a|b|", "|-|-|");
ask("|a|b", "|-|-|");
ask("|a|", "|-|", "|x\\|");
ask("|a|", "|-|", "|x\\\\|");
ask("|a|", "|-|", "|\\n \\x\\|");
ask("|a|", "|-|", "|\\n \\x\\\\\\||");
ask("|a\\|b|", "|-|", "|1|");
ask("|n|", "|-:|", "|1e3|");
ask("|n|", "|-:|", "|.5|");
ask("|n|", "|-:|", "|5.|");
ask("|n|", "", "|-:|", "|5|", "| - |");
ask("|n|", "|-:|", "||", "|-12.50|");
ask("|n|", "|-|", "|12.50|");
ask("|z|a|q|", "|-|-|-|", "|a b|\tc\t|d  e|");
ask("text", "|-|");
