"use strict";
const assert = require("assert");
const { Router } = require("./router");

const r = new Router();
r.add("GET", "/books/:id", "book");
r.add("GET", "/books/new", "new");
r.add("GET", "/files/*path", "files");
assert.strictEqual(r.find("GET", "/books/new").handler, "new");
assert.strictEqual(r.find("GET", "/books/5/pages"), null);
assert.deepStrictEqual({ ...r.find("get", "/books/a%2Fb?q=x+y&q=z").params }, { id: "a/b" });
assert.deepStrictEqual({ ...r.find("GET", "/files/a/b?q=x+y&q=z").query }, { q: ["x y", "z"] });
