"use strict";

function place(order, lines) {
  lines.push(`start ${order.id}`);
  if (!order.items.length || order.items.some((i) => i.count < 1)) {
    lines.push(`failed ${order.id}`);
    throw new RangeError("nothing to place");
  }
  let cents = order.items.reduce((sum, i) => sum + i.cents * i.count, 0);
  if (cents >= 10000) cents -= Math.ceil(cents / 10);
  lines.push(`done ${order.id} ${cents}`);
  return { ...order, cents };
}

module.exports = { place };
