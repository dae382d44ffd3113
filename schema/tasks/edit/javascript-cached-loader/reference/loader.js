"use strict";

class Loader {
  constructor(source, cache) {
    this.source = source;
    this.cache = cache;
    this.pending = new Map();
  }

  load(key) {
    const known = this.cache.get(key);
    if (known !== undefined) return Promise.resolve(known);
    if (!this.pending.has(key)) {
      const promise = this.ask(key, () => this.pending.get(key) === promise);
      this.pending.set(key, promise);
    }
    return this.pending.get(key);
  }

  async ask(key, isWanted) {
    await null; // so that the promise is known before it can end
    try {
      const value = await this.source(key);
      if (isWanted() && value !== undefined) this.cache.set(key, value);
      return value;
    } finally {
      if (isWanted()) this.pending.delete(key);
    }
  }

  forget(key) {
    this.cache.delete(key);
    this.pending.delete(key);
  }
}

module.exports = { Loader };
