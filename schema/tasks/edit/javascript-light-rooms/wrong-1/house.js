"use strict";

class House {
  constructor() {
    this.lamps = new Map();
  }

  add(name, room = "hall") {
    if (this.lamps.has(name)) throw new RangeError(`there is a lamp ${name}`);
    this.lamps.set(name, { on: false, room });
  }

  switch(name, on) {
    if (!this.lamps.has(name)) throw new RangeError(`no lamp ${name}`);
    this.lamps.get(name).on = on;
  }

  switchRoom(room, on) {
    const changed = [...this.lamps.values()].filter((lamp) => lamp.room === room);
    for (const lamp of changed) lamp.on = on;
    return changed.length;
  }
}

module.exports = { House };
