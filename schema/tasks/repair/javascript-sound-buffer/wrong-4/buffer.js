"use strict";

class SoundBuffer {
  constructor(capacity = 4) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError("capacity is 1 or more");
    this.least = capacity;
    this.ring = new Array(capacity);
    this.first = 0;
    this.length = 0;
  }

  get capacity() {
    return this.ring.length;
  }

  place(index) {
    return (this.first + index) % this.ring.length;
  }

  resize(capacity) {
    const ring = new Array(capacity);
    for (let i = 0; i < this.length; i++) ring[i] = this.ring[this.place(i)];
    this.ring = ring;
    this.first = 0;
  }

  makeRoom(count) {
    let capacity = this.capacity;
    while (this.length + count > capacity) capacity *= 2;
    if (capacity !== this.capacity) this.resize(capacity);
  }

  write(samples) {
    for (const sample of samples) {
      this.makeRoom(1);
      this.ring[this.place(this.length++)] = sample;
    }
    return this.length;
  }

  unread(samples) {
    const all = [...samples];
    this.makeRoom(all.length);
    this.first = this.place(this.capacity - all.length);
    this.length += all.length;
    all.forEach((sample, i) => (this.ring[this.place(i)] = sample));
    return this.length;
  }

  read(count) {
    if (!Number.isInteger(count) || count < 0) throw new RangeError("count is 0 or more");
    const size = Math.min(count, this.length);
    const samples = [];
    for (let i = 0; i < size; i++) {
      samples.push(this.ring[this.place(i)]);
      this.ring[this.place(i)] = undefined;
    }
    this.first = this.place(size);
    this.length -= size;
    return samples;
  }

  peek(index) {
    const at = index < 0 ? this.length + index : index;
    return at >= 0 && at < this.length ? this.ring[this.place(at)] : undefined;
  }

  shrink() {
    let capacity = this.capacity;
    while (capacity / 2 >= this.least && capacity / 2 >= this.length) capacity /= 2;
    if (capacity !== this.capacity) this.resize(capacity);
    return capacity;
  }
}

module.exports = { SoundBuffer };
