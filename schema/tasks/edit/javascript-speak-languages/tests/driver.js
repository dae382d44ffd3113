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

const { TEXTS } = require("./texts");
const { speaker } = require("./speak");
const { show } = require("./dates");
const { sent, arrival, waiting } = require("./messages");

for (const language of [undefined, "en", "de", "de-CH", "en-GB", "fr", "fr-de", "", "constructor", "d"]) {
  const l = language === undefined ? [] : [language];
  say(() => [sent("X1", ...l), arrival("X1", "2026-11-30", ...l), waiting(1, ...l), waiting(0, ...l), waiting(2, ...l), waiting("1", ...l)]);
  say(() => Array.from({ length: 12 }, (_, i) => show(`2027-${String(i + 1).padStart(2, "0")}-01`, ...l)));
}
say(() => sent("{id} {date}", "de"));
say(() => sent("$& $1", "de"));
say(() => speaker("de")("sent"));
say(() => speaker("de")("sent", { ID: 1 }));
say(() => speaker("de")("sent", { id: 0 }));
say(() => speaker("de")("sent", Object.create({ id: 5 })));
say(() => speaker("de")("nothing"));
say(() => speaker("de")("toString"));
TEXTS.en.only = "only {a}{b}{a} {toString} {}";
TEXTS.de.more = { one: "eins", other: "{count} viele" };
TEXTS["de-AT"] = { sent: "Packerl {id} is weg" };
TEXTS.fr = { sent: "colis {id} parti" };
say(() => ["en", "de", "fr", "de-AT", "xx"].map((l) => speaker(l)("only", { a: "{b}", b: 2 })));
say(() => [1, 1.0, 2, "1", undefined, null, true].map((count) => speaker("de")("more", { count })));
say(() => speaker("en")("more", { count: 1 }));
say(() => speaker("de-AT")("more", { count: 1 }));
say(() => [sent("q", "de-AT"), sent("q", "de-AT-x"), sent("q", "fr-CA"), waiting(1, "fr"), arrival("q", "2026-03-05", "fr"), arrival("q", "2026-03-05", "de-AT")]);
