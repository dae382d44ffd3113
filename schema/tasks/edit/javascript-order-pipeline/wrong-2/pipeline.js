"use strict";

const { PipelineError, StepError } = require("./errors");

async function call(steps, index, order) {
  if (index === steps.length) return order;
  const step = steps[index];
  let called = false;
  async function next(changed = order) {
    return call(steps, index + 1, changed);
  }
  try {
    return await step(order, next);
  } catch (e) {
    throw e instanceof StepError ? e : new StepError(step.name || `step ${index + 1}`, e);
  }
}

class Pipeline {
  constructor() {
    this.steps = [];
  }

  use(step) {
    if (typeof step !== "function") throw new TypeError("a step is a function");
    this.steps.push(step);
    return this;
  }

  run(order) {
    return call([...this.steps], 0, order);
  }
}

module.exports = { Pipeline };
