"use strict";

const { Clock, isLater, idOf } = require("./clock");
const { List } = require("./list");

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function define(target, name, value) {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

class Notebook {
  constructor(device) {
    this.clock = new Clock(device);
    this.known = new Map();
    this.notes = new Map();
  }

  make(change) {
    const made = { ...change, stamp: this.clock.next() };
    this.take(made);
    return made.stamp;
  }

  take(change) {
    this.known.set(idOf(change.stamp), change);
    this.apply(change);
  }

  note(id) {
    if (!this.notes.has(id)) this.notes.set(id, { fields: new Map(), list: new List(), removed: null });
    return this.notes.get(id);
  }

  apply({ kind, id, field, value, stamp, item, after, text }) {
    const note = this.note(id);
    if (kind === "put") {
      const before = note.fields.get(field);
      if (!before || isLater(stamp, before.stamp)) note.fields.set(field, { value, stamp });
    } else if (kind === "remove") {
      if (!note.removed || isLater(stamp, note.removed)) note.removed = stamp;
    } else if (kind === "insert") note.list.insert(stamp, after, text);
    else note.list.erased.add(item);
  }

  /* Is a change of the note later than its latest removal? */
  isAlive(note, stamp) {
    return !note.removed || isLater(stamp, note.removed);
  }

  /* Inserts count whether their item was erased since or not. */
  isShown(note) {
    for (const { stamp } of note.fields.values()) if (this.isAlive(note, stamp)) return true;
    for (const [id, { stamp }] of note.list.items) if (!note.list.erased.has(id) && this.isAlive(note, stamp)) return true;
    return false;
  }

  put(id, field, value) {
    this.make({ kind: "put", id, field, value });
  }

  remove(id) {
    if (!this.notes.has(id) || !this.isShown(this.notes.get(id))) throw new RangeError(`no note ${id}`);
    this.make({ kind: "remove", id });
  }

  insert(id, after, text) {
    if (after !== null && !this.notes.get(id)?.list.has(after)) throw new RangeError(`no item ${after}`);
    return idOf(this.make({ kind: "insert", id, after, text }));
  }

  erase(id, item) {
    const note = this.notes.get(id);
    const there = note?.list.items.get(item);
    if (!there || note.list.erased.has(item) || !this.isAlive(note, there.stamp)) throw new RangeError(`no item ${item}`);
    this.make({ kind: "erase", id, item });
  }

  changes() {
    return [...this.known.values()].map((change) => ({ ...change }));
  }

  merge(changes) {
    for (const change of changes) {
      this.clock.see(change.stamp);
      if (!this.known.has(idOf(change.stamp))) this.take({ ...change });
    }
  }

  show() {
    const result = {};
    for (const id of [...this.notes.keys()].sort(byText)) {
      const note = this.notes.get(id);
      if (!this.isShown(note)) continue;
      const shown = { fields: {}, items: [] };
      for (const name of [...note.fields.keys()].sort(byText)) {
        const { value, stamp } = note.fields.get(name);
        if (this.isAlive(note, stamp)) define(shown.fields, name, value);
      }
      for (const { stamp, text, erased } of note.list.walk()) if (!erased && this.isAlive(note, stamp)) shown.items.push(text);
      define(result, id, shown);
    }
    return result;
  }
}

module.exports = { Notebook };
