"use strict";

const { compile, match } = require("./pattern");
const { parseQuery } = require("./query");

class Router {
  constructor() {
    this.routes = [];
  }

  add(method, pattern, handler) {
    this.routes.push({ method, segments: compile(pattern), handler });
  }

  find(method, address) {
    const [path, query] = address.split("?");
    for (const route of this.routes) {
      const params = match(route.segments, path);
      if (route.method === method && params) return { handler: route.handler, params, query: parseQuery(query || "") };
    }
    return null;
  }
}

module.exports = { Router };
