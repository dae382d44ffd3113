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

const { parseQuery } = require("./query");
const { Router } = require("./router");

const bare = (o) => [Object.getPrototypeOf(o) === null, Object.keys(o).sort().map((k) => [k, o[k]])];
function ask(router, method, address) {
  say(() => {
    const found = router.find(method, address);
    return found && [found.handler, bare(found.params), bare(found.query)];
  });
}
function made(...routes) {
  const r = new Router();
  for (const route of routes) r.add(...route);
  return r;
}
const r = made(["GET", "/books/:id", "book"], ["GET", "/books/new", "new"], ["GET", "/files/*path", "files"], ["GET", "/", "home"], ["post", "/books", "make"], ["GET", "/books/:id/pages/:page", "page"], ["HEAD", "/books/new", "head"], ["GET", "/a b/ü", "text"], ["GET", "/__proto__/:__proto__", "proto"]);
for (const address of ["/", "", "/books/5", "/books/new", "/books/New", "/books/", "/books", "/books/5/", "/books/5/pages", "/books/5/pages/7", "/files/", "/files", "/files/a", "/files/a/b/", "/files/a%2Fb/c%20d", "/books/a%2Fb", "/books/n%65w", "/books/%zz", "/files/%", "/a%20b/%C3%BC", "/a b/ü", "/books/5?x=1#y=2", "/books/5#?x=1", "/books/5?a?b=c?d",
  "/books/5?", "books/5", "//books/5", "/books//pages/1", "/books/:id", "/nothing", "/__proto__/x", "/books/a+b"]) ask(r, "GET", address);
for (const [method, address] of [["POST", "/books"], ["Post", "/books"], ["PUT", "/books"], ["HEAD", "/books/new"], ["head", "/books/5"], ["HEAD", "/books"], ["get", "/"]]) ask(r, method, address);
const order = made(["GET", "/*all", "all"], ["GET", "/:a/:b", "two"], ["GET", "/:a/x", "x"], ["GET", "/y/:b", "y"], ["GET", "/:c/*rest", "rest"], ["GET", "/:q/:r", "late"], ["GET", "/y/*more", "more"]);
for (const address of ["/y/x", "/z/x", "/z/w", "/y/w", "/y/", "/y", "/y/1/2", "/z/1/2", "/", "/z/"]) ask(order, "GET", address);
for (const pattern of ["", "a", "/:", "/*", "/:a-b", "/:a/:a", "/:a/*a", "/*a/b", "/*a/", "/:ü"]) say(() => { new Router().add("GET", pattern, 1); return "added"; });
say(() => { const q = made(["GET", "/a", 1]); q.add("POST", "/a", 2); q.add("get", "/a", 3); });
say(() => { const q = made(["GET", "/:a", 1], ["GET", "/:b", 2]); return q.find("GET", "/x").handler; });
for (const text of ["", "a=1", "a=1&b=2", "a=1&a=2&a=3", "a", "a=", "=1", "&&a=1&", "a=b=c", "a+b=c+d", "a%3Db=c%26d", "a=%2B+", "a=%zz", "%zz=1+2", "a=1&A=2", "__proto__=1&constructor=2", "a=%C3%BC&a=", "a[]=1&a[]=2"]) say(() => bare(parseQuery(text)));
