"use strict";

const { read, partsOf } = require("./read");
const { row } = require("./csv");

function hours(minutes) {
  const hundredths = Math.floor((minutes * 200 + 60) / 120);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function sumUp(spans) {
  const sums = new Map();
  for (const span of spans) {
    for (const { month, minutes } of partsOf(span)) {
      const key = JSON.stringify([month, span.person, span.project]);
      if (!sums.has(key)) sums.set(key, { month, person: span.person, project: span.project, minutes: 0, notes: new Set() });
      sums.get(key).minutes += minutes;
      if (span.note) sums.get(key).notes.add(span.note);
    }
  }
  return [...sums.values()].sort((a, b) => byText(a.month, b.month) || byText(a.person, b.person) || byText(a.project, b.project));
}

function exportHours(text) {
  const { spans, errors } = read(text);
  const sums = sumUp(spans);
  let csv = row(["month", "person", "project", "hours", "notes"]);
  let total = 0;
  sums.forEach(({ month, person, project, minutes, notes }, i) => {
    csv += row([month, person, project, hours(minutes), [...notes].join("; ")]);
    total += minutes;
    if (sums[i + 1]?.month === month) return;
    csv += row([month, "total", "", hours(total), ""]);
    total = 0;
  });
  return { csv, errors };
}

module.exports = { exportHours };
