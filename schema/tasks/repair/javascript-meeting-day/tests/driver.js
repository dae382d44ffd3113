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

process.env.TZ = "Asia/Tokyo";
const { meeting } = require("./meeting");

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
for (const day of days) say(() => [1, 2, 3, 4, 5, -1].map((n) => meeting(2026, 11, day, n)));
for (const day of days) say(() => [1, 4, 5, -1].map((n) => meeting(2024, 2, day, n)));
for (const day of days) say(() => [1, 4, 5, -1].map((n) => meeting(2023, 2, day, n)));
say(meeting, 2026, 12, "thursday", 5);
say(meeting, 2026, 1, "thursday", 1);
say(meeting, 1000, 1, "monday", 1);
say(meeting, 9999, 12, "friday", -1);
process.env.TZ = "America/Los_Angeles";
say(meeting, 2026, 3, "sunday", 2);
say(meeting, 2026, 11, "sunday", 1);
for (const args of [[2026, 0, "monday", 1], [2026, 13, "monday", 1], [2026, 1, "Monday", 1], [2026, 1, "mon", 1], [2026, 1, "", 1], [2026, 1, "monday", 0], [2026, 1, "monday", 6], [2026, 1, "monday", -2], [2026, 1, "monday", 1.5], [999, 1, "monday", 1],
  [10000, 1, "monday", 1], [2026.5, 1, "monday", 1], ["2026", 1, "monday", 1], [2026, 1.5, "monday", 1]]) say(meeting, ...args);
