"use strict";

function parseQuery(text) {
  const query = {};
  for (const pair of text.split("&")) {
    const [name, value] = pair.split("=");
    query[name] = decodeURIComponent(value);
  }
  return query;
}

module.exports = { parseQuery };
