"use strict";

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const two = (n) => String(n).padStart(2, "0");

function meeting(year, month, weekday, number) {
  const wanted = DAYS.indexOf(weekday);
  const fits = (n, from, to) => Number.isInteger(n) && n >= from && n <= to;
  if (wanted < 0 || !fits(year, 1000, 9999) || !fits(month, 1, 12) || !(fits(number, 1, 5) || number === -1)) {
    throw new RangeError("no such meeting");
  }
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const earliest = 1 + ((wanted - first + 7) % 7);
  const day = number === -1 ? earliest + 21 : earliest + 7 * (number - 1);
  return day <= length ? `${year}-${two(month)}-${two(day)}` : null;
}

module.exports = { meeting };
