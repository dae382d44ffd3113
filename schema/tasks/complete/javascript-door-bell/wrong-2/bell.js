"use strict";

class Bell {
  constructor() {
    this.additions = new Map();
  }

  add(name, listener, once) {
    const addition = { listener, once, gone: false };
    if (!this.additions.has(name)) this.additions.set(name, []);
    this.additions.get(name).push(addition);
    return addition;
  }

  remove(name, addition) {
    addition.gone = true;
    const left = this.of(name).filter((a) => a !== addition);
    if (left.length) this.additions.set(name, left);
    else this.additions.delete(name);
  }

  of(name) {
    return this.additions.get(name) || [];
  }

  on(name, listener) {
    const addition = this.add(name, listener, false);
    return () => this.remove(name, addition);
  }

  once(name, listener) {
    const addition = this.add(name, listener, true);
    return () => this.remove(name, addition);
  }

  off(name, listener) {
    const addition = this.of(name).findLast((a) => a.listener === listener);
    if (!addition) return false;
    this.remove(name, addition);
    return true;
  }

  ring(name, ...values) {
    const thrown = [];
    let called = 0;
    for (const addition of this.of(name)) {
      if (addition.gone) continue;
      if (addition.once) this.remove(name, addition);
      called++;
      try {
        addition.listener(...values);
      } catch (e) {
        thrown.push(e);
      }
    }
    if (thrown.length) throw thrown[0];
    return called;
  }

  count(name) {
    return this.of(name).length;
  }
}

module.exports = { Bell };
