"use strict";

class Cache {
  constructor({ maxAge, maxSize, now }) {
    Object.assign(this, { maxAge, maxSize, now });
    this.entries = new Map(); // those used last are at the end
  }

  isOld(entry) {
    return this.now() >= entry.time + this.maxAge;
  }

  tidy() {
    for (const [key, entry] of this.entries) if (this.isOld(entry)) this.entries.delete(key);
  }

  get(key) {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    if (this.isOld(entry)) return undefined;
    this.entries.set(key, { ...entry, time: this.now() });
    return entry.value;
  }

  set(key, value) {
    this.entries.delete(key);
    this.entries.set(key, { value, time: this.now() });
    if (this.entries.size > this.maxSize) this.tidy();
    while (this.entries.size > this.maxSize) this.entries.delete(this.entries.keys().next().value);
  }

  delete(key) {
    const entry = this.entries.get(key);
    this.entries.delete(key);
    return entry !== undefined && !this.isOld(entry);
  }

  get size() {
    this.tidy();
    return this.entries.size;
  }
}

module.exports = { Cache };
