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

const { Notebook } = require("./notebook");

const copy = (changes) => JSON.parse(JSON.stringify(changes));
const flat = (shown) => Object.keys(shown).map((id) => [id, Object.entries(shown[id].fields), shown[id].items]);
const sync = (...books) => books.forEach((x) => books.forEach((y) => x !== y && y.merge(copy(x.changes()))));
const attempt = (f) => {
  try {
    return f() ?? "undefined";
  } catch (e) {
    return e instanceof RangeError ? "RangeError" : String(e);
  }
};
function seeded(seed) {
  return (n) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * n);
  };
}
function shuffled(list, random) {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const k = random(i + 1);
    [result[i], result[k]] = [result[k], result[i]];
  }
  return result;
}
function play(f, devices = ["a", "b", "c"]) {
  say(() => {
    const books = devices.map((d) => new Notebook(d));
    const seen = f(...books);
    return [seen ?? null, ...books.map((b) => flat(b.show()))];
  });
}
play(() => undefined);
play((a) => { a.put("n", "t", 1); a.put("n", "t", 2); a.put("m", "x", null); a.put("m", "a", false); });
play((a, b) => { a.put("n", "t", "a"); b.put("n", "t", "b"); sync(a, b); });
play((a, b) => { a.put("n", "t", "a"); a.put("n", "t", "a2"); b.put("n", "t", "b"); sync(a, b); });
play((a, b) => { a.put("n", "t", "a"); sync(a, b); b.put("n", "t", "b"); a.put("n", "u", 5); sync(a, b); });
play((a, b) => { a.put("n", "t", 1); sync(a, b); a.remove("n"); b.put("n", "u", 2); sync(a, b); });
play((a, b) => { a.put("n", "t", 1); sync(a, b); b.remove("n"); a.put("n", "u", 2); sync(a, b); });
play((a, b) => { a.put("n", "t", 1); sync(a, b); b.remove("n"); a.put("n", "u", 2); a.put("n", "v", 3); sync(a, b); });
play((a) => { a.put("n", "t", 1); a.remove("n"); a.put("n", "u", 2); return attempt(() => a.remove("n")) + attempt(() => a.remove("n")) + attempt(() => a.remove("x")); });
play((a) => { const x = a.insert("n", null, "x"); const y = a.insert("n", x, "y"); const z = a.insert("n", x, "z"); a.insert("n", null, "first"); return [x, y, z]; });
play((a, b) => { const x = a.insert("n", null, "x"); sync(a, b); const p = a.insert("n", x, "a1"); a.insert("n", p, "a2"); const q = b.insert("n", x, "b1"); b.insert("n", q, "b2"); sync(a, b); });
play((a, b) => { const x = a.insert("n", null, "x"); sync(a, b); a.erase("n", x); b.insert("n", x, "behind"); sync(a, b); return [attempt(() => a.erase("n", x)), attempt(() => b.erase("n", x)), attempt(() => b.insert("n", x, "more"))]; });
play((a, b) => { const x = a.insert("n", null, "x"); a.remove("n"); a.insert("n", x, "alive"); sync(a, b); return [attempt(() => a.erase("n", x)), attempt(() => a.insert("m", x, "other note")), attempt(() => a.insert("n", "9@z", "none")), attempt(() => a.erase("q", x))]; });
play((a, b) => { const x = a.insert("n", null, "x"); sync(a, b); a.erase("n", x); b.remove("n"); sync(a, b); });
play((a) => { const x = a.insert("n", null, "x"); a.erase("n", x); });
play((a, b) => { const x = a.insert("n", null, "x"); const y = a.insert("n", x, "y"); a.erase("n", y); const c = copy(a.changes()); b.merge([c[2]]); b.merge([c[1]]); b.merge([c[1], c[0], c[0]]); return attempt(() => b.insert("n", y, "z")); });
play((a, b) => { a.put("n", "t", 1); a.remove("n"); const c = copy(a.changes()); b.merge([c[1]]); b.merge([c[0]]); });
play((a, b) => { a.put("n", "t", 1); a.put("n", "t", 2); b.merge(copy(a.changes()).reverse()); b.put("n", "t", 3); a.merge(copy(b.changes())); return b.changes().length; });
play((a) => { for (const k of ["b", "B", "a", "é", "z"]) { a.put(k, "x", 1); a.put("b", k, 2); } a.put("__proto__", "__proto__", 1); a.put("constructor", "toString", 2); });
play((a, b) => { const c = a.changes(); c.push({ bad: 1 }); a.put("n", "t", 1); const d = a.changes(); d[0].value = 99; d.length = 0; b.merge(copy(a.changes())); });
play((a, b) => { const given = copy((() => { const q = new Notebook("q"); q.put("n", "t", 1); return q.changes(); })()); a.merge(given); given[0].value = 5; return a.changes().length; });
play((a, b) => { for (let i = 0; i < 12; i++) a.put("n", "t", i); b.put("n", "t", "b"); b.merge(copy(a.changes())); return b.insert("n", null, "late"); });
play((a, b) => { const x = a.insert("n", null, "x"); const y = b.insert("n", null, "y"); sync(a, b); a.insert("n", x, "ax"); b.insert("n", y, "by"); a.insert("n", null, "a0"); b.insert("n", null, "b0"); sync(a, b); });
play((a, b) => { for (let i = 0; i < 11; i++) a.insert("n", null, `a${i}`); for (let i = 0; i < 3; i++) b.insert("n", null, `b${i}`); sync(a, b); }, ["a", "A10"]);
for (let seed = 1; seed <= 4; seed++) {
  say(() => {
    const random = seeded(seed);
    const books = ["x", "y", "z"].map((d) => new Notebook(d));
    const items = [];
    for (let i = 0; i < 120; i++) {
      const book = books[random(3)];
      const id = `n${random(2)}`;
      const kind = random(10);
      if (kind < 3) book.put(id, `f${random(3)}`, i);
      else if (kind < 7) attempt(() => { items.push(book.insert(id, random(3) && items.length ? items[random(items.length)] : null, `i${i}`)); });
      else if (kind < 8) attempt(() => book.erase(id, items[random(items.length)]));
      else if (kind < 9 && random(2)) attempt(() => book.remove(id));
      else books[random(3)].merge(shuffled(copy(book.changes()), random).slice(0, 1 + random(30)));
    }
    const all = books.flatMap((b) => copy(b.changes()));
    const late = new Notebook("late");
    for (const change of shuffled(all, random)) late.merge([change]);
    books.forEach((b) => b.merge(shuffled(all, random)));
    const texts = [...books, late].map((b) => JSON.stringify(flat(b.show())));
    return [texts.every((t) => t === texts[0]), flat(late.show())];
  });
}
say(() => {
  const a = new Notebook("a");
  let last = null;
  for (let i = 0; i < 3000; i++) last = a.insert("n", last, i);
  const b = new Notebook("b");
  b.merge(copy(a.changes()).reverse());
  const items = b.show().n.items;
  return [items.length, items.every((v, i) => v === i), b.insert("n", last, "end")];
});
