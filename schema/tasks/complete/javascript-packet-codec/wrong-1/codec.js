"use strict";

const DEPTH_MAX = 100;

function fail(why) {
  throw new RangeError(why);
}

function bytesOf(text) {
  if (!text.isWellFormed()) fail("a string that is not well-formed");
  return Buffer.from(text, "utf8");
}

class Writer {
  constructor() {
    this.parts = [];
  }

  number(n) {
    const bytes = [];
    while (n >= 128) {
      bytes.push(128 + (n % 128));
      n = Math.floor(n / 128);
    }
    bytes.push(n);
    this.parts.push(Buffer.from(bytes));
  }

  head(tag, n) {
    this.parts.push(Buffer.from([tag]));
    if (n !== undefined) this.number(n);
  }

  string(bytes) {
    this.number(bytes.length);
    this.parts.push(bytes);
  }

  nested(value, depth) {
    if (depth > DEPTH_MAX) fail("nested too deep");
    if (Array.isArray(value)) {
      this.head(6, value.length);
      for (let i = 0; i < value.length; i++) this.value(value[i], depth);
      return;
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) fail("no plain object");
    const names = Object.keys(value).filter((name) => value[name] !== undefined);
    const members = names.sort().map((name) => [bytesOf(name), value[name]]);
    this.head(7, members.length);
    for (const [name, inner] of members) {
      this.string(name);
      this.value(inner, depth);
    }
  }

  value(value, depth) {
    if (value === null) this.head(0);
    else if (typeof value === "boolean") this.head(value ? 2 : 1);
    else if (typeof value === "number") {
      if (!Number.isSafeInteger(value)) fail("no integer");
      if (value >= 0) this.head(3, value);
      else this.head(4, -1 - value);
    } else if (typeof value === "string") {
      this.head(5);
      this.string(bytesOf(value));
    } else if (typeof value === "object") this.nested(value, depth + 1);
    else fail(`no value: ${typeof value}`);
  }
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(size) {
    if (size > this.bytes.length - this.at) fail("too short");
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  number() {
    let n = 0;
    for (let weight = 1; ; weight *= 128) {
      const [byte] = this.take(1);
      n += (byte % 128) * weight;
      if (n > Number.MAX_SAFE_INTEGER || weight > 2 ** 49) fail("number too large");
      if (byte < 128) {
        if (byte === 0 && weight > 1) fail("number longer than need be");
        return n;
      }
    }
  }

  string() {
    const bytes = this.take(this.number());
    try {
      return [new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), bytes];
    } catch {
      return fail("not UTF-8");
    }
  }

  array(depth) {
    const count = this.number();
    const result = [];
    for (let i = 0; i < count; i++) result.push(this.value(depth));
    return result;
  }

  object(depth) {
    const count = this.number();
    const result = {};
    let before = null;
    for (let i = 0; i < count; i++) {
      const [name, bytes] = this.string();
      if (before && Buffer.compare(before, bytes) >= 0) fail("names out of order");
      before = bytes;
      const value = this.value(depth);
      Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
    }
    return result;
  }

  value(depth) {
    const [tag] = this.take(1);
    if (tag <= 2) return [null, false, true][tag];
    if (tag === 3) return this.number();
    if (tag === 4) {
      const n = this.number();
      return n < Number.MAX_SAFE_INTEGER ? -1 - n : fail("number too small");
    }
    if (tag === 5) return this.string()[0];
    if (tag > 7) fail("unknown tag");
    if (depth === DEPTH_MAX) fail("nested too deep");
    return tag === 6 ? this.array(depth + 1) : this.object(depth + 1);
  }
}

function encode(value) {
  const writer = new Writer();
  writer.value(value, 0);
  return Buffer.concat(writer.parts);
}

function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) fail("further bytes");
  return value;
}

module.exports = { encode, decode };
