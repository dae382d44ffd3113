"use strict";

class Recent {
  constructor(capacity) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError("at least one line");
    this.capacity = capacity;
    this.dropped = 0;
    this.clear();
  }

  clear() {
    this.dropped += this.ring ? this.ring.length : 0;
    this.ring = [];
    this.first = 0;
  }

  get size() {
    return this.ring.length;
  }

  add(line) {
    if (this.ring.length < this.capacity) {
      this.ring.push(line);
      return null;
    }
    const oldest = this.ring[this.first];
    this.ring[this.first] = line;
    this.first = (this.first + 1) % this.capacity;
    this.dropped++;
    return oldest;
  }

  lines() {
    return [...this.ring.slice(this.first), ...this.ring.slice(0, this.first)];
  }

  last(n) {
    return n > 0 ? this.lines().slice(-n) : [];
  }
}

module.exports = { Recent };
