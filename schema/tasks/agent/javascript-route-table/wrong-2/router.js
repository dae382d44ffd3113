"use strict";

const { compile, split, match, compare } = require("./pattern");
const { parseQuery } = require("./query");

class Router {
  constructor() {
    this.routes = [];
  }

  add(method, pattern, handler) {
    method = method.toUpperCase();
    if (this.routes.some((r) => r.method === method && r.pattern === pattern)) throw new RangeError("added already");
    this.routes.push({ method, pattern, segments: compile(pattern), handler });
  }

  best(method, parts) {
    let best = null;
    for (const route of this.routes) {
      const params = route.method === method ? match(route.segments, parts) : null;
      if (params && !best) best = { route, params };
    }
    return best;
  }

  find(method, address) {
    const whole = address.split("#")[0];
    const mark = whole.indexOf("?");
    const parts = split(mark < 0 ? whole : whole.slice(0, mark));
    if (!parts) return null;
    method = method.toUpperCase();
    const best = this.best(method, parts) || (method === "HEAD" ? this.best("GET", parts) : null);
    if (!best) return null;
    return { handler: best.route.handler, params: best.params, query: parseQuery(mark < 0 ? "" : whole.slice(mark + 1)) };
  }
}

module.exports = { Router };
