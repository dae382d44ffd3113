"use strict";

class Pool {
  constructor(width) {
    if (!Number.isInteger(width) || width < 1) throw new RangeError("a pool runs at least one task");
    this.width = width;
    this.running = 0;
    this.queue = [];
    this.paused = false;
    this.listeners = [];
  }

  get waiting() {
    return this.queue.length;
  }

  add(task, { urgency = 0 } = {}) {
    const entry = { task, urgency };
    entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
    let at = this.queue.length;
    while (at > 0 && this.queue[at - 1].urgency < urgency) at--;
    this.queue.splice(at, 0, entry);
    this.start();
    return entry.promise;
  }

  start() {
    while (!this.paused && this.running < this.width && this.queue.length) this.run(this.queue.shift());
    if (!this.running && !this.queue.length) this.listeners.splice(0).forEach((f) => f());
  }

  run({ task, resolve, reject }) {
    this.running++;
    const end = (settle) => (value) => {
      settle(value);
      Promise.resolve().then(() => Promise.resolve()).then(() => {
        this.running--;
        this.start();
      });
    };
    let result;
    try {
      result = Promise.resolve(task());
    } catch (e) {
      result = Promise.reject(e);
    }
    result.then(end(resolve), end(reject));
  }

  cancel(promise) {
    const at = this.queue.findIndex((entry) => entry.promise === promise);
    if (at < 0) return false;
    const [entry] = this.queue.splice(at, 1);
    entry.reject(new Error("cancelled"));
    this.start();
    return true;
  }

  idle() {
    return new Promise((resolve) => {
      this.listeners.push(resolve);
      if (!this.running && !this.queue.length) this.start();
    });
  }

  pause() {
    this.paused = true;
  }

  resume() {
    this.paused = false;
    this.start();
  }
}

module.exports = { Pool };
