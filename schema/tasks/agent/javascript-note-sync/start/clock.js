"use strict";

class Clock {
  constructor(device) {
    this.device = device;
    this.counter = 0;
  }

  next() {
    this.counter++;
    return { counter: this.counter, device: this.device };
  }
}

function isLater(a, b) {
  return a.counter > b.counter;
}

module.exports = { Clock, isLater };
