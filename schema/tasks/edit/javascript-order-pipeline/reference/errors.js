"use strict";

class PipelineError extends Error {}

class StepError extends Error {
  constructor(step, cause) {
    super(`${step}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    this.step = step;
  }
}

module.exports = { PipelineError, StepError };
