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

  see(stamp) {
    this.counter = Math.max(this.counter, stamp.counter);
  }
}

const idOf = (stamp) => `${stamp.counter}@${stamp.device}`;

function isLater(a, b) {
  return a.counter !== b.counter ? a.counter > b.counter : a.device > b.device;
}

module.exports = { Clock, isLater, idOf };
