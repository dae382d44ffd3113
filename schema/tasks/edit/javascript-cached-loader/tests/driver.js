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

const { Cache } = require("./cache");
const { Loader } = require("./loader");
const { profiles } = require("./profile");

let time = 0;
const now = () => time;
function cachePlay(options, ...steps) {
  time = 0;
  const cache = new Cache({ now, ...options });
  return steps.map(([name, ...args]) => {
    if (name === "time") return (time = args[0]);
    const result = cache[name] instanceof Function ? cache[name](...args) : cache[name];
    return name === "set" ? null : result === undefined ? "undefined" : result;
  });
}
const s = (k, v = k) => ["set", k, v];
const g = (k) => ["get", k];
const t = (n) => ["time", n];
const size = ["size"];
say(cachePlay, { maxAge: 10, maxSize: 9 }, g("a"), s("a"), g("a"), t(9), g("a"), size, t(10), g("a"), size, ["delete", "a"]);
say(cachePlay, { maxAge: 10, maxSize: 9 }, s("a", 1), t(5), s("a", 2), t(14), g("a"), t(15), g("a"));
say(cachePlay, { maxAge: 10, maxSize: 9 }, s("a"), t(9), g("a"), t(12), g("a"));
say(cachePlay, { maxAge: 100, maxSize: 2 }, s("a"), s("b"), s("c"), g("a"), g("b"), g("c"), size);
say(cachePlay, { maxAge: 100, maxSize: 2 }, s("a"), s("b"), g("a"), s("c"), g("a"), g("b"), g("c"));
say(cachePlay, { maxAge: 100, maxSize: 2 }, s("a"), s("b"), s("a", 2), s("c"), g("a"), g("b"));
say(cachePlay, { maxAge: 10, maxSize: 2 }, s("a"), t(5), s("b"), t(6), g("a"), t(11), s("c"), g("a"), g("b"), g("c"), size);
say(cachePlay, { maxAge: 10, maxSize: 9 }, s("a"), s("b"), ["delete", "a"], ["delete", "a"], g("a"), size, t(10), ["delete", "b"], size);
say(cachePlay, { maxAge: 10, maxSize: 9 }, s("n", null), s("z", 0), s("f", false), g("n"), g("z"), g("f"), s("__proto__", 5), g("__proto__"), g("constructor"));

const tick = () => new Promise((resolve) => setImmediate(resolve));
const hear = (p) => p.then((v) => (v === undefined ? "undefined" : v), (e) => `failed ${e.message ?? e}`);
function rig() {
  time = 0;
  const log = [];
  const waits = [];
  const source = (key) => {
    log.push(key);
    if (key === "throws") throw new Error("thrown");
    if (key === "plain") return "value";
    if (key === "null") return null;
    if (key === "undefined") return undefined;
    return new Promise((resolve, reject) => waits.push({ resolve, reject }));
  };
  const cache = new Cache({ maxAge: 10, maxSize: 3, now });
  return { log, waits, cache, loader: new Loader(source, cache) };
}
const cases = [
  async ({ log, waits, loader }) => { const a = hear(loader.load("a")), b = hear(loader.load("a")); await tick(); waits[0].resolve(5); const c = [await a, await b, await hear(loader.load("a"))]; return [c, log]; },
  async ({ log, waits, loader }) => { const a = hear(loader.load("a")), b = hear(loader.load("b")); await tick(); waits[1].resolve("B"); waits[0].resolve("A"); return [await a, await b, log]; },
  async ({ log, waits, loader }) => { const a = hear(loader.load("a")), b = hear(loader.load("a")); await tick(); waits[0].reject(new Error("no")); const r = [await a, await b]; const c = hear(loader.load("a")); await tick(); waits[1].resolve(1); return [r, await c, log]; },
  async ({ log, loader }) => [await hear(loader.load("throws")), await hear(loader.load("throws")), await hear(loader.load("plain")), await hear(loader.load("plain")), log],
  async ({ log, loader }) => [await hear(loader.load("null")), await hear(loader.load("null")), await hear(loader.load("undefined")), await hear(loader.load("undefined")), log],
  async ({ log, waits, loader }) => { const a = hear(loader.load("a")); await tick(); time = 100; waits[0].resolve(1); const r = [await a]; time = 109; r.push(await hear(loader.load("a"))); time = 110; const b = hear(loader.load("a")); await tick(); waits[1].resolve(2); return [r, await b, log]; },
  async ({ log, waits, loader, cache }) => { const a = hear(loader.load("a")); await tick(); loader.forget("a"); waits[0].resolve("old"); const r = [await a, cache.get("a") === undefined]; const b = hear(loader.load("a")); await tick(); waits[1].resolve("new"); return [r, await b, cache.get("a"), log]; },
  async ({ log, waits, loader, cache }) => { const a = hear(loader.load("a")); await tick(); loader.forget("a"); const b = hear(loader.load("a")); await tick(); waits[1].resolve("new"); const r = [await b]; waits[0].resolve("old"); r.push(await a, cache.get("a")); return [r, log]; },
  async ({ log, loader, cache }) => { await loader.load("plain"); loader.forget("plain"); loader.forget("none"); await loader.load("plain"); return [log, cache.get("plain")]; },
  async () => { time = 0; let asked = 0; const p = profiles(new Loader(async (id) => { asked++; if (id === 9) throw new RangeError("nobody"); return { name: `n${id}` }; }, new Cache({ maxAge: 5, maxSize: 5, now }))); return [await p.name(1), await p.both(1, 2), await p.both(3, 3), await hear(p.both(1, 9)), asked]; },
];
(async () => {
  for (const f of cases) {
    let value;
    try {
      value = await Promise.race([f(rig()), new Promise((resolve) => setTimeout(resolve, 3000, "stuck"))]);
    } catch (e) {
      value = `thrown ${e.name}`;
    }
    write(value);
  }
  process.exit(0);
})();
