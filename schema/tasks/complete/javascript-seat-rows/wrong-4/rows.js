"use strict";

function seat(guests, width) {
  if (!Number.isInteger(width) || width < 1) throw new RangeError("a row has at least one seat");
  const count = Math.ceil(guests.length / width);
  const rows = [];
  for (let left = count; left > 0; left--) {
    rows.push(guests.splice(0, Math.ceil(guests.length / left)));
  }
  return rows;
}

module.exports = { seat };
