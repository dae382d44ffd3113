"use strict";

const { Pipeline } = require("./pipeline");
const { check, price, discount, log } = require("./steps");

function createService(lines = [], extra = []) {
  const pipeline = new Pipeline();
  for (const step of [log(lines), check, discount, price, ...extra]) pipeline.use(step);
  return { place: (order) => pipeline.run(order) };
}

module.exports = { createService };
