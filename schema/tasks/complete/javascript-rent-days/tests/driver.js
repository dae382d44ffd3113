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

process.env.TZ = "Pacific/Kiritimati";
const { dueDays } = require("./rent");

say(dueDays, "2026-01-31", "2026-04-30", 31);
say(dueDays, "2026-01-01", "2026-03-31", 1);
say(dueDays, "2026-01-02", "2026-03-31", 1);
say(dueDays, "2026-01-01", "2026-02-28", 30);
say(dueDays, "2024-01-30", "2024-03-01", 30);
say(dueDays, "2024-02-29", "2024-02-29", 29);
say(dueDays, "2024-02-29", "2024-02-29", 30);
say(dueDays, "2025-02-28", "2025-02-28", 31);
say(dueDays, "1900-02-01", "1900-03-01", 29);
say(dueDays, "2000-02-01", "2000-03-01", 29);
say(dueDays, "2026-12-15", "2027-02-15", 15);
say(dueDays, "2026-02-10", "2027-03-31", 5, 3);
say(dueDays, "2026-02-05", "2027-03-31", 5, 3);
say(dueDays, "2026-11-30", "2028-12-31", 31, 5);
say(dueDays, "2026-12-01", "2028-12-31", 10, 12);
say(dueDays, "2026-12-01", "2030-12-31", 10, 25);
say(dueDays, "2026-12-11", "2028-12-31", 10, 12);
say(dueDays, "2026-05-05", "2026-05-04", 5);
say(dueDays, "2026-05-05", "2026-05-05", 5);
say(dueDays, "2026-05-06", "2026-06-04", 5);
say(dueDays, "9999-10-31", "9999-12-31", 31);
say(dueDays, "1000-01-01", "1000-02-28", 31, 1);
for (const bad of ["2025-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-1", "0999-01-01", "26-01-01", "2026-01-01T00:00", "2026-01-01\n", ""]) {
  say(dueDays, bad, "2026-12-31", 1);
  say(dueDays, "2026-01-01", bad, 1);
}
for (const day of [0, 32, 1.5, "1", NaN]) say(dueDays, "2026-01-01", "2026-01-31", day);
for (const every of [0, -1, 1.5, NaN]) say(dueDays, "2026-01-01", "2026-01-31", 1, every);
