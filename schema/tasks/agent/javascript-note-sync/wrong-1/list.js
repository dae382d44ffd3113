"use strict";

const { isLater, idOf } = require("./clock");

/* Items by id, and by what they hang on, whether that is there already or not. */
class List {
  constructor() {
    this.items = new Map();
    this.hanging = new Map();
    this.erased = new Set();
  }

  insert(stamp, after, text) {
    this.items.set(idOf(stamp), { stamp, text });
    if (!this.hanging.has(after)) this.hanging.set(after, []);
    this.hanging.get(after).push(stamp);
  }

  has(id) {
    return this.items.has(id);
  }

  /* All items that hang on the beginning in some way, in order. */
  *walk() {
    const stack = [];
    const push = (after) => {
      const stamps = this.hanging.get(after);
      if (stamps) stack.push(...[...stamps].sort((a, b) => (isLater(a, b) ? 1 : -1)));
    };
    push(null);
    while (stack.length) {
      const id = idOf(stack.pop());
      const { stamp, text } = this.items.get(id);
      yield { id, stamp, text, erased: this.erased.has(id) };
      push(id);
    }
  }
}

module.exports = { List };
