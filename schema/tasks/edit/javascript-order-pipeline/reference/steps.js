"use strict";

function check(order, next) {
  if (!order.items.length || order.items.some((i) => i.count < 1)) throw new RangeError("nothing to place");
  return next();
}

function price(order, next) {
  return next({ ...order, cents: order.items.reduce((sum, i) => sum + i.cents * i.count, 0) });
}

async function discount(order, next) {
  const result = await next();
  return result.cents >= 10000 ? { ...result, cents: result.cents - Math.ceil(result.cents / 10) } : result;
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
