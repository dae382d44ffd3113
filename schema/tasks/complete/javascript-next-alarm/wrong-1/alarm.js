"use strict";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS = [
  { from: 0, to: 59, names: [] },
  { from: 0, to: 23, names: [] },
  { from: 1, to: 31, names: [] },
  { from: 1, to: 12, names: MONTHS },
  { from: 0, to: 6, names: DAYS },
];

function fail(what) {
  throw new RangeError(`no rule: ${what}`);
}

function numberOf(text, field) {
  const named = field.names.indexOf(text);
  if (named >= 0) return named + field.from;
  if (!/^[0-9]+$/.test(text)) fail(text);
  const n = Number(text);
  return n >= field.from && n <= field.to ? n : fail(text);
}

function addPart(set, part, field) {
  const match = /^(?:(\*)|([^-/*]+)(?:-([^-/*]+))?)(?:\/([0-9]+))?$/.exec(part);
  if (!match) fail(part);
  const [, star, first, last, step] = match;
  if (step !== undefined && (Number(step) < 1 || (!star && last === undefined))) fail(part);
  const from = star ? field.from : numberOf(first, field);
  const to = star ? field.to : last === undefined ? from : numberOf(last, field);
  if (from > to) fail(part);
  for (let n = from; n <= to; n += Number(step || 1)) set.add(n);
}

function read(rule) {
  const texts = rule.split(/ +/).filter((t) => t !== "");
  if (texts.length !== 5) fail(rule);
  const sets = texts.map((text, i) => {
    const set = new Set();
    for (const part of text.split(",")) addPart(set, part, FIELDS[i]);
    return set;
  });
  return { sets, either: texts[2] !== "*" && texts[4] !== "*" };
}

function first(set, from, to) {
  for (let n = from; n <= to; n++) if (set.has(n)) return n;
  return -1;
}

const two = (n) => String(n).padStart(2, "0");

function next(rule, after) {
  const { sets, either } = read(rule);
  const [minutes, hours, days, months, weekdays] = sets;
  const begin = new Date(`${after}:00Z`);
  const day = new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth(), begin.getUTCDate()));
  const end = new Date(begin);
  end.setUTCFullYear(begin.getUTCFullYear() + 100);
  let hour = begin.getUTCHours();
  let minute = begin.getUTCMinutes() + 1;
  for (; day <= end; day.setUTCDate(day.getUTCDate() + 1), hour = 0, minute = 0) {
    const inMonth = days.has(day.getUTCDate());
    const inWeek = weekdays.has(day.getUTCDay());
    if (!months.has(day.getUTCMonth() + 1) || !(inMonth && inWeek)) continue;
    for (let h = first(hours, hour, 23); h >= 0; h = first(hours, h + 1, 23)) {
      const m = first(minutes, h === hour ? minute : 0, 59);
      if (m >= 0) return `${day.toISOString().slice(0, 10)}T${two(h)}:${two(m)}`;
    }
  }
  return null;
}

module.exports = { next };
