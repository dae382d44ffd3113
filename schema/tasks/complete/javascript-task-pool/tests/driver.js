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

const { Pool } = require("./pool");

let log = [];
process.on("unhandledRejection", () => log.push("unhandled"));
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/* A task that ends when it is told to. */
function make(tag) {
  const t = {};
  t.task = () => {
    log.push(`start ${tag}`);
    return new Promise((resolve, reject) => Object.assign(t, { done: () => resolve(tag), fail: () => reject(new Error(tag)) }));
  };
  return t;
}
const hear = (promise, pool) =>
  promise.then(
    (v) => log.push(pool ? `got ${v} ${pool.running}/${pool.waiting}` : `got ${v}`),
    (e) => log.push(pool ? `failed ${e.message} ${pool.running}/${pool.waiting}` : `failed ${e.message}`),
  );

const cases = [
  async () => {
    for (const width of [0, -1, 1.5, "2", NaN, undefined]) {
      try {
        new Pool(width);
        log.push("made");
      } catch (e) {
        log.push(e instanceof RangeError);
      }
    }
  },
  async () => {
    const p = new Pool(2);
    const [a, b, c, d] = ["a", "b", "c", "d"].map(make);
    for (const t of [a, b, c, d]) hear(p.add(t.task), p);
    log.push(`${p.running}/${p.waiting}`);
    b.done();
    await settled();
    a.fail();
    await settled();
    d.done();
    await settled();
    c.done();
    await settled();
    log.push(`${p.running}/${p.waiting}`);
  },
  async () => {
    const p = new Pool(1);
    const tasks = ["a", "b", "c", "d", "e", "f"].map(make);
    const urgencies = [0, 0, 5, -1, 5, 0];
    tasks.forEach((t, i) => hear(p.add(t.task, { urgency: urgencies[i] })));
    for (let i = 0; i < 6; i++) {
      tasks.forEach((t) => t.done && t.done());
      await settled();
    }
  },
  async () => {
    const p = new Pool(1);
    hear(p.add(() => 5), p);
    hear(p.add(() => { throw new Error("thrown"); }), p);
    hear(p.add(() => Promise.reject(new Error("rejected"))), p);
    hear(p.add(() => ({ then: (f) => f("thenable") })), p);
    hear(p.add(() => undefined), p);
    await settled();
    log.push(`${p.running}/${p.waiting}`);
  },
  async () => {
    const p = new Pool(1);
    const [a, b, c] = ["a", "b", "c"].map(make);
    const pa = p.add(a.task);
    const pb = p.add(b.task);
    const pc = p.add(c.task);
    [pa, pb, pc].forEach((q) => hear(q));
    log.push(p.cancel(pa), p.cancel(pb), p.cancel(pb), p.cancel(Promise.resolve()), p.waiting);
    await settled();
    a.done();
    await settled();
    log.push(p.cancel(pc));
    c.done();
    await settled();
    log.push(p.cancel(pc));
  },
  async () => {
    const p = new Pool(1);
    hear(p.idle().then((v) => `idle ${v}`));
    await settled();
    const [a, b] = ["a", "b"].map(make);
    hear(p.add(a.task));
    hear(p.add(b.task));
    hear(p.idle().then(() => `idle ${p.running}/${p.waiting}`));
    await settled();
    a.fail();
    await settled();
    log.push("between");
    b.fail();
    await settled();
  },
  async () => {
    const p = new Pool(2);
    p.pause();
    const [a, b, c] = ["a", "b", "c"].map(make);
    [a, b, c].forEach((t) => hear(p.add(t.task)));
    hear(p.idle().then(() => "idle"));
    log.push(`${p.running}/${p.waiting}`);
    await settled();
    p.resume();
    log.push(`${p.running}/${p.waiting}`);
    p.pause();
    a.done();
    b.done();
    await settled();
    log.push(`${p.running}/${p.waiting}`);
    p.resume();
    c.done();
    await settled();
  },
  async () => {
    const p = new Pool(1);
    p.pause();
    const a = make("a");
    const pa = p.add(a.task);
    hear(pa);
    hear(p.idle().then(() => "idle"));
    p.cancel(pa);
    await settled();
    log.push("end");
  },
  async () => {
    const p = new Pool(1);
    const a = make("a");
    hear(p.add(a.task).then(() => p.add(() => "inner")));
    hear(p.add(() => "second"));
    hear(p.add(() => "urgent", { urgency: 1 }));
    a.done();
    await settled();
  },
  async () => {
    const p = new Pool(1);
    p.add(() => Promise.reject(new Error("nobody listens")));
    hear(p.idle().then(() => "idle"));
    await settled();
  },
  async () => {
    const p = new Pool(3);
    let most = 0;
    const all = Array.from({ length: 200 }, (_, i) => p.add(async () => {
      most = Math.max(most, p.running);
      for (let k = 0; k < i % 5; k++) await null;
      return i;
    }));
    log.push((await Promise.all(all)).reduce((x, y) => x + y), most, p.running, p.waiting);
  },
];

(async () => {
  for (const f of cases) {
    log = [];
    try {
      await Promise.race([f(), new Promise((resolve) => setTimeout(resolve, 3000, "stuck"))]);
      await settled();
    } catch (e) {
      log.push(`thrown ${e.message}`);
    }
    write(log);
  }
  process.exit(0);
})();
