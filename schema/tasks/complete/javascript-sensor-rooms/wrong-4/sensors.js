"use strict";

function rounded(tenths, count) {
  const size = Math.abs(tenths);
  const whole = Math.floor((2 * size + count) / (2 * count));
  return whole === 0 ? 0 : (Math.sign(tenths) * whole) / 10;
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
      average: count ? Number((values.reduce((a, b) => a + b) / count).toFixed(1)) : null,
      lowest: count ? values.reduce((a, b) => Math.min(a, b)) : null,
    };
  });
}

module.exports = { summary };
