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

const { Pipeline } = require("./pipeline");
const { PipelineError, StepError } = require("./errors");
const { check, price, discount, log } = require("./steps");
const { createService } = require("./service");

const told = (e) => {
  if (e instanceof StepError) return ["StepError", e.step, told(e.cause)];
  return e instanceof PipelineError ? "PipelineError" : e instanceof Error ? `${e.name} ${e.message.startsWith("x") ? e.message : ""}` : String(e);
};
const hear = (p) => p.then((v) => ["ok", v === undefined ? "undefined" : v], (e) => ["failed", told(e)]);
const line = (...steps) => steps.reduce((p, s) => p.use(s), new Pipeline());
const item = (cents, count) => ({ cents, count });
const add = (tag) => async (o, next) => `${tag}(${await next(`${o}${tag}`)})`;

const cases = [
  () => hear(line().run("o")),
  () => hear(line(add("a"), add("b"), add("c")).run("o")),
  () => hear(line(add("a"), () => "stop", add("c")).run("o")),
  () => hear(line((o, next) => next()).run("same")),
  () => hear(line((o, next) => next(undefined), (o) => `${o}!`).run("same")),
  () => hear(line((o, next) => next(null)).run("o")),
  () => hear(line(function named() { throw new Error("x1"); }).run("o")),
  () => hear(line(add("a"), async function deep() { throw "text"; }, add("c")).run("o")),
  () => hear(line(add("a"), ((f) => f)(() => { throw new RangeError("x2"); })).run("o")),
  () => hear(line(...[() => Promise.reject(undefined)]).run("o")),
  () => hear(line(async function twice(o, next) { await next(); return next(); }).run("o")),
  () => hear(line(async function twice(o, next) { const a = next(); const b = next().catch((e) => told(e)); return [await a, await b]; }, add("z")).run("o")),
  () => hear(line(async function saves(o, next) { try { return await next(); } catch (e) { return `saved ${JSON.stringify(told(e))}`; } }, function bad() { throw new Error("x3"); }).run("o")),
  () => hear(line(async function other(o, next) { try { return await next(); } catch (e) { throw new TypeError("x4"); } }, function bad() { throw new Error("x3"); }).run("o")),
  async () => { const p = line(add("a")); const r = hear(line((o, next) => { p.use(add("q")); return next(); }).run("o")); await r; return [await hear(p.run("o"))]; },
  async () => { const p = new Pipeline(); p.use(async (o, next) => { p.use(add("late")); return next(); }).use(add("b")); return [await hear(p.run("o")), await hear(p.run("o"))]; },
  async () => { const p = line(async (o, next) => { await null; return next(o + 1); }, async (o, next) => next(o * 2)); return Promise.all([1, 2, 3].map((n) => hear(p.run(n)))); },
  async () => [undefined, null, "f", {}, [() => 1]].map((s) => { try { new Pipeline().use(s); return "taken"; } catch (e) { return e instanceof TypeError; } }),
  async () => { const lines = []; const s = createService(lines); const order = { id: 7, items: [item(500, 2)] }; return [await hear(s.place(order)), order, lines]; },
  async () => { const lines = []; const s = createService(lines); return [await hear(s.place({ id: 1, items: [item(9999, 1)] })), await hear(s.place({ id: 2, items: [item(10000, 1)] })), await hear(s.place({ id: 3, items: [item(3333, 3), item(6, 1)] })), lines]; },
  async () => { const lines = []; const s = createService(lines); return [await hear(s.place({ id: 1, items: [] })), await hear(s.place({ id: 2, items: [item(5, 1), item(5, 0)] })), lines]; },
  async () => { const lines = []; const s = createService(lines, [async function shipping(o, next) { const r = await next(); return { ...r, cents: r.cents + 500 }; }]); return [await hear(s.place({ id: 1, items: [item(9500, 1)] })), await hear(s.place({ id: 2, items: [item(9499, 1)] })), lines]; },
  async () => { const lines = []; const s = createService(lines, [function stock(o) { if (o.id === 2) throw new Error("x5"); return { ...o, stocked: true }; }]); return [await hear(s.place({ id: 1, items: [item(20001, 1)] })), await hear(s.place({ id: 2, items: [item(1, 1)] })), lines]; },
  async () => hear(createService().place({ id: 1, items: [item(1, 1)] })),
  async () => [check.name, price.name, discount.name, log([]).name],
  async () => { const lines = []; return [await hear(line(log(lines), price).run({ id: 4, items: [item(2, 3)] })), lines]; },
];
(async () => {
  for (const f of cases) {
    let value;
    try {
      value = await f();
    } catch (e) {
      value = `thrown ${e.name}`;
    }
    write(value);
  }
})();
