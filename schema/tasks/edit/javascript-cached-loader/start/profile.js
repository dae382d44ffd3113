"use strict";

const { load } = require("./loader");

async function name(id) {
  return (await load(id)).name;
}

async function both(a, b) {
  const names = await Promise.all([name(a), name(b)]);
  return names.join(" & ");
}

module.exports = { name, both };
