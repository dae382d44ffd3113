"use strict";

function daysOf(year, month) {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function read(text) {
  const match = /^([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})$/.exec(text);
  const [year, month, day] = match ? match.slice(1).map(Number) : [];
  if (!match || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) throw new RangeError(`no date: ${text}`);
  return { year, month };
}

const two = (n) => String(n).padStart(2, "0");

function dueDays(from, to, day, every = 1) {
  let { year, month } = read(from);
  read(to);
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new RangeError("day is 1 to 31");
  if (!Number.isInteger(every) || every < 1) throw new RangeError("every is 1 or more");
  const result = [];
  for (;;) {
    const due = new Date(year, month - 1, Math.min(day, daysOf(year, month))).toISOString().slice(0, 10);
    if (year > 9999 || due > to) return result;
    if (due >= from) result.push(due);
    month += every;
    year += Math.floor((month - 1) / 12);
    month = ((month - 1) % 12) + 1;
  }
}

module.exports = { dueDays };
