"use strict";

const { read } = require("./read");
const { row } = require("./csv");

function exportHours(text) {
  const { spans, errors } = read(text);
  const sums = {};
  for (const { date, minutes, person, project, note } of spans) {
    const key = `${date.slice(0, 7)} ${person} ${project}`;
    sums[key] = sums[key] || { minutes: 0, notes: [] };
    sums[key].minutes += minutes;
    sums[key].notes.push(note);
  }
  let csv = row(["month", "person", "project", "hours", "notes"]);
  for (const key of Object.keys(sums)) {
    const { minutes, notes } = sums[key];
    csv += row([...key.split(" "), (minutes / 60).toFixed(2), notes.join("; ")]);
  }
  return { csv, errors };
}

module.exports = { exportHours };
