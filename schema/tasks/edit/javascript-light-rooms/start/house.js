"use strict";

class House {
  constructor() {
    this.lamps = new Map();
  }

  add(name) {
    if (this.lamps.has(name)) throw new RangeError(`there is a lamp ${name}`);
    this.lamps.set(name, { on: false });
  }

  switch(name, on) {
    if (!this.lamps.has(name)) throw new RangeError(`no lamp ${name}`);
    this.lamps.get(name).on = on;
  }
}

module.exports = { House };
