"use strict";

function seat(guests, width) {
  if (!Number.isInteger(width) || width < 1) throw new RangeError("a row has at least one seat");
  const count = Math.max(1, Math.ceil(guests.length / width));
  const rows = [];
  let at = 0;
  for (let left = count; left > 0; left--) {
    const size = Math.ceil((guests.length - at) / left);
    rows.push(guests.slice(at, at + size));
    at += size;
  }
  return rows;
}

module.exports = { seat };
