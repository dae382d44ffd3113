"use strict";

function check(order, next) {
  if (!order.items.length || order.items.some((i) => i.count < 1)) throw new RangeError("nothing to place");
  return next();
}

function price(order, next) {
  return next({ ...order, cents: order.items.reduce((sum, i) => sum + i.cents * i.count, 0) });
}

function discount(order, next) {
  return next(order.cents >= 10000 ? { ...order, cents: order.cents - Math.ceil(order.cents / 10) } : order);
}

function log(lines) {
  return async function log(order, next) {
    lines.push(`start ${order.id}`);
    try {
      const result = await next();
      lines.push(`done ${order.id} ${result.cents}`);
      return result;
    } catch (e) {
      lines.push(`failed ${order.id}`);
      throw e;
    }
  };
}

module.exports = { check, price, discount, log };
