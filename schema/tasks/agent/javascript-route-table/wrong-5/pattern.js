"use strict";

const NAME = /^[A-Za-z0-9_]+$/;

/* Segments as { kind, text }: kind 0 is text, 1 one segment, 2 the rest. */
function compile(pattern) {
  if (!pattern.startsWith("/")) throw new RangeError("a pattern begins with /");
  const names = new Set();
  const segments = pattern.slice(1).split("/").map((text) => {
    const kind = text.startsWith(":") ? 1 : text.startsWith("*") ? 2 : 0;
    if (kind === 0) return { kind, text };
    const name = text.slice(1);
    if (!NAME.test(name) || names.has(name)) throw new RangeError(`no name: ${name}`);
    names.add(name);
    return { kind, text: name };
  });
  if (segments.slice(0, -1).some((s) => s.kind === 2)) throw new RangeError("* is for the last segment");
  return segments;
}

/* The decoded segments of a path, or null. */
function split(path) {
  if (!path.startsWith("/")) return null;
  try {
    return path.slice(1).split("/").map(decodeURIComponent);
  } catch {
    return null;
  }
}

function match(segments, parts) {
  const params = Object.create(null);
  for (let i = 0; i < segments.length; i++) {
    const { kind, text } = segments[i];
    if (kind === 2) {
      params[text] = parts.slice(i).join("/");
      return i <= parts.length ? params : null;
    }
    if (i >= parts.length) return null;
    if (kind === 1) {
      if (parts[i] === "") return null;
      params[text] = parts[i];
    } else if (text !== parts[i]) return null;
  }
  return parts.length === segments.length ? params : null;
}

/* Which of two patterns that fit the same path is better: below 0 the first. */
function compare(a, b) {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i].kind !== b[i].kind) return a[i].kind - b[i].kind;
  return 0;
}

module.exports = { compile, split, match, compare };
