"use strict";

class SoundBuffer {
  constructor(capacity = 4) {
    this.least = capacity;
    this.ring = new Array(capacity);
    this.first = 0;
    this.length = 0;
  }

  get capacity() {
    return this.ring.length;
  }

  write(samples) {
    for (const sample of samples) {
      if (this.length === this.capacity) this.ring.length *= 2;
      this.ring[(this.first + this.length) % this.capacity] = sample;
      this.length++;
    }
    return this.length;
  }

  unread(samples) {
    for (const sample of samples) {
      if (this.length === this.capacity) this.ring.length *= 2;
      this.first = (this.first - 1) % this.capacity;
      this.ring[this.first] = sample;
      this.length++;
    }
    return this.length;
  }

  read(count) {
    const samples = [];
    while (count-- && this.length) {
      samples.push(this.ring[this.first]);
      this.first = (this.first + 1) % this.capacity;
      this.length--;
    }
    return samples;
  }

  peek(index) {
    return this.ring[(this.first + index) % this.capacity];
  }

  shrink() {
    while (this.capacity > this.length && this.capacity > this.least) this.ring.length /= 2;
    return this.capacity;
  }
}

module.exports = { SoundBuffer };
