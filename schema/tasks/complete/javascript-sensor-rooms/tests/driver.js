"use strict";
const fs = require("fs");

function write(value) {
  fs.writeSync(3, JSON.stringify(value === undefined ? "undefined" : value) + "\n");
}

function say(f, ...args) {
  let value;
  try {
    value = f(...args);
  } catch (e) {
    const kind = [RangeError, SyntaxError, TypeError, Error].find((k) => e instanceof k);
    value = { thrown: kind ? kind.name : "other" };
  }
  write(value);
}

const { summary } = require("./sensors");

const of = (...values) => values.map((celsius) => ({ room: "a", celsius }));
function ask(readings) {
  return summary(readings).map((r) => [r.room, r.count, Object.is(r.average, -0) ? "-0" : r.average, r.lowest]);
}
say(ask, []);
say(ask, of(20));
say(ask, of(20.2, 20.3));
say(ask, of(-0.2, -0.3));
say(ask, of(-20.2, -20.3));
say(ask, of(0.1, 0.2));
say(ask, of(0.1, 0));
say(ask, of(-0.1, 0, 0));
say(ask, of(-0.1, 0));
say(ask, of(1, 1, 2));
say(ask, of(1, 2, 2));
say(ask, of(8.4, 8.5, 8.4, 8.5));
say(ask, of(1.1, 2.2, 3.3, 4.4, 5.5, 6.6, 7.7, 8.8, 9.9));
say(ask, of(null));
say(ask, of(null, 0));
say(ask, of(0, null, 0));
say(ask, of(5, null, -5.1));
say(ask, [{ room: "b", celsius: 1 }, { room: "a", celsius: 2 }, { room: "b", celsius: 3 }, { room: "10", celsius: 4 }, { room: "9", celsius: 5 }]);
say(ask, [{ room: "constructor", celsius: 1 }, { room: "__proto__", celsius: 2 }, { room: "", celsius: null }, { room: "__proto__", celsius: 4 }]);
const own = [{ room: "x", celsius: 3 }, { room: "y", celsius: 1 }];
say(ask, own);
say(() => own);
