"use strict";

const { Clock, isLater } = require("./clock");
const { List } = require("./list");

class Notebook {
  constructor(device) {
    this.clock = new Clock(device);
    this.known = [];
    this.notes = {};
  }

  make(change) {
    change.stamp = this.clock.next();
    this.known.push(change);
    this.apply(change);
    return change;
  }

  note(id) {
    this.notes[id] = this.notes[id] || { fields: {}, list: new List() };
    return this.notes[id];
  }

  apply({ kind, id, field, value, stamp, item, after, text }) {
    if (kind === "put") {
      const before = this.note(id).fields[field];
      if (!before || isLater(stamp, before.stamp)) this.note(id).fields[field] = { value, stamp };
    }
    if (kind === "remove") delete this.notes[id];
    if (kind === "insert") this.note(id).list.insert(`${stamp.counter}@${stamp.device}`, after, text);
    if (kind === "erase") this.note(id).list.erase(item);
  }

  put(id, field, value) {
    this.make({ kind: "put", id, field, value });
  }

  remove(id) {
    if (!this.notes[id]) throw new RangeError(`no note ${id}`);
    this.make({ kind: "remove", id });
  }

  insert(id, after, text) {
    const { stamp } = this.make({ kind: "insert", id, after, text });
    return `${stamp.counter}@${stamp.device}`;
  }

  erase(id, item) {
    this.make({ kind: "erase", id, item });
  }

  changes() {
    return this.known;
  }

  merge(changes) {
    for (const change of changes) {
      this.known.push(change);
      this.apply(change);
    }
  }

  show() {
    const result = {};
    for (const id of Object.keys(this.notes)) {
      const { fields, list } = this.notes[id];
      result[id] = { fields: {}, items: list.items.map((i) => i.text) };
      for (const name of Object.keys(fields)) result[id].fields[name] = fields[name].value;
    }
    return result;
  }
}

module.exports = { Notebook };
