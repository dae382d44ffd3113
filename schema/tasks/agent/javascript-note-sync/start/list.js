"use strict";

class List {
  constructor() {
    this.items = [];
  }

  insert(id, after, text) {
    const at = after === null ? 0 : this.items.findIndex((i) => i.id === after) + 1;
    this.items.splice(at, 0, { id, text });
  }

  erase(id) {
    this.items = this.items.filter((i) => i.id !== id);
  }
}

module.exports = { List };
