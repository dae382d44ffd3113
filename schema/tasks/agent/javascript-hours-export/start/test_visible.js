"use strict";
const assert = require("assert");
const { exportHours } = require("./export");

const { csv, errors } = exportHours([
  '2026-11-27 09:00-12:30 Ada garden "weeding, planting"',
  "2026-11-30 22:00-02:00 Ada garden",
  "",
  "2026-11-27 12:00-13:00 Ada house",
  "2026-11-02 10:00-10:10 Bo  house",
].join("\n"));
assert.deepStrictEqual(csv.split("\r\n"), [
  "month,person,project,hours,notes",
  '2026-11,Ada,garden,5.50,"weeding, planting"',
  "2026-11,Bo,house,0.17,",
  "2026-11,total,,5.67,",
  "2026-12,Ada,garden,2.00,",
  "2026-12,total,,2.00,",
  "",
]);
assert.deepStrictEqual(errors.map((e) => e.split(":")[0]), ["line 4"]);
