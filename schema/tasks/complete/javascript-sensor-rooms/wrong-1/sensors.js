"use strict";

function rounded(tenths, count) {
  return Math.round(tenths / count) / 10 || 0;
}

function summary(readings) {
  const rooms = new Map();
  for (const { room, celsius } of readings) {
    if (!rooms.has(room)) rooms.set(room, []);
    if (celsius !== null) rooms.get(room).push(celsius);
  }
  return [...rooms].map(([room, values]) => {
    const tenths = values.reduce((sum, v) => sum + Math.round(v * 10), 0);
    const count = values.length;
    return {
      room,
      count,
      average: count ? rounded(tenths, count) : null,
      lowest: count ? values.reduce((a, b) => Math.min(a, b)) : null,
    };
  });
}

module.exports = { summary };
