"use strict";

const LINE = /^ *([0-9]{4}-[0-9]{2}-[0-9]{2}) +([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9]) +([^ "]+) +([^ "]+)(?: +"((?:[^"]|"")*)")? *$/;
const DAY = 24 * 60;

/* Days since 1970, or null where there is no such date. */
function dayOf(date) {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? null : ms / 86400000;
}

const monthOf = (day) => new Date(day * 86400000).toISOString().slice(0, 7);

function readLine(line) {
  const match = LINE.exec(line);
  const day = match ? dayOf(match[1]) : null;
  if (day === null) return null;
  const [h1, m1, h2, m2] = match.slice(2, 6).map(Number);
  const start = day * DAY + h1 * 60 + m1;
  let end = day * DAY + h2 * 60 + m2;
  if (end <= start) end += DAY;
  return { day, start, end, person: match[6], project: match[7], note: (match[8] || "").replace(/""/g, '"') };
}

/* The parts of a span by month: what falls on its date, and on the next day. */
function partsOf(span) {
  const midnight = (span.day + 1) * DAY;
  const parts = [{ month: monthOf(span.day), minutes: span.end - span.start }];
  if (span.end < span.start) {
    const month = monthOf(span.day + 1);
    if (month === parts[0].month) parts[0].minutes += span.end - midnight;
    else parts.push({ month, minutes: span.end - midnight });
  }
  return parts;
}

function read(text) {
  const spans = [];
  const errors = [];
  text.split("\n").forEach((line, i) => {
    if (/^ *$/.test(line)) return;
    const span = readLine(line);
    if (!span) errors.push(`line ${i + 1}: not understood`);
    else if (spans.some((s) => s.person === span.person && s.start < span.end && span.start < s.end)) errors.push(`line ${i + 1}: overlaps another`);
    else spans.push(span);
  });
  return { spans, errors };
}

module.exports = { read, partsOf };
