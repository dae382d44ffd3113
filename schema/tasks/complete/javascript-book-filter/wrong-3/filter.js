"use strict";

const WORDS = new Set(["and", "or", "not", "has", "in", "true", "false", "null"]);
const LITERALS = new Map([["true", true], ["false", false], ["null", null]]);
const TOKEN = /[ \n]*(?:([A-Za-z_][A-Za-z0-9_]*)|(-?[0-9]+(?:\.[0-9]+)?)|"((?:[^"\\]|\\["\\])*)"|(<=|>=|!=|[=<>(),]))/y;

class Reader {
  constructor(text) {
    this.text = text;
    this.end = 0;
    this.step();
  }

  /* What is next: its kind, value and offset. Reading it fails only when it is looked at, as what came before may be wrong already. */
  step() {
    TOKEN.lastIndex = this.end;
    const match = TOKEN.exec(this.text);
    if (!match) {
      this.at = this.end + /^[ \n]*/.exec(this.text.slice(this.end))[0].length;
      this.kind = this.at === this.text.length ? "end" : "wrong";
      return;
    }
    const [all, word, number, string, sign] = match;
    this.at = this.end + /^[ \n]*/.exec(all)[0].length;
    this.end = TOKEN.lastIndex;
    this.value = undefined;
    if (word !== undefined) [this.kind, this.value] = WORDS.has(word) ? [word, word] : ["name", word];
    else if (number !== undefined) [this.kind, this.value] = ["number", Number(number)];
    else if (string !== undefined) [this.kind, this.value] = ["string", string.replace(/\\(.)/g, "$1")];
    else this.kind = sign;
  }

  fail() {
    throw new SyntaxError(`unexpected ${this.kind} at ${this.at}`);
  }

  take(kind) {
    if (this.kind !== kind) this.fail();
    const value = this.value;
    this.step();
    return value;
  }

  is(kind) {
    if (this.kind !== kind) return false;
    this.step();
    return true;
  }
}

function valueOf(r) {
  if (LITERALS.has(r.kind)) return LITERALS.get(r.take(r.kind));
  return r.take(r.kind === "number" ? "number" : "string");
}

const member = (book, name) => (Object.hasOwn(book, name) ? book[name] : null);
const isOrdered = (a, b) => a !== null && b !== null;
const OPERATORS = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => isOrdered(a, b) && a < b,
  "<=": (a, b) => isOrdered(a, b) && a <= b,
  ">": (a, b) => isOrdered(a, b) && a > b,
  ">=": (a, b) => isOrdered(a, b) && a >= b,
};

function condition(r) {
  const name = r.take("name");
  const operator = Object.hasOwn(OPERATORS, r.kind) ? OPERATORS[r.kind] : null;
  if (operator) {
    r.step();
    const value = valueOf(r);
    return (book) => operator(member(book, name), value);
  }
  if (r.is("has")) {
    const part = r.take("string");
    return (book) => {
      const value = member(book, name);
      return (Array.isArray(value) || typeof value === "string") && value.includes(part);
    };
  }
  if (r.is("in")) {
    const values = [];
    r.take("(");
    do values.push(valueOf(r));
    while (r.is(","));
    r.take(")");
    return (book) => values.includes(member(book, name));
  }
  return (book) => {
    const value = member(book, name);
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  };
}

function factor(r) {
  if (r.is("not")) {
    const inner = factor(r);
    return (book) => !inner(book);
  }
  if (r.is("(")) {
    const inner = expression(r);
    r.take(")");
    return inner;
  }
  return condition(r);
}

function term(r) {
  const parts = [factor(r)];
  while (r.is("and")) parts.push(factor(r));
  return parts.length === 1 ? parts[0] : (book) => parts.every((f) => f(book));
}

function expression(r) {
  const parts = [term(r)];
  while (r.is("or")) parts.push(term(r));
  return parts.length === 1 ? parts[0] : (book) => parts.some((f) => f(book));
}

function compile(text) {
  const r = new Reader(text);
  const result = expression(r);
  if (r.kind !== "end") r.fail();
  return result;
}

module.exports = { compile };
