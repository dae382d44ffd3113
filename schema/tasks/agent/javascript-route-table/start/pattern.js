"use strict";

function compile(pattern) {
  return pattern.slice(1).split("/");
}

function match(segments, path) {
  const parts = decodeURIComponent(path).slice(1).split("/");
  const params = {};
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    if (segment.startsWith("*")) {
      params[segment.slice(1)] = parts.slice(i).join("/");
      return params;
    }
    if (segment.startsWith(":")) params[segment.slice(1)] = parts[i];
    else if (segment !== parts[i]) return null;
  }
  return params;
}

module.exports = { compile, match };
