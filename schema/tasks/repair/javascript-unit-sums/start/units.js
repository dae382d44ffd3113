"use strict";

const UNITS = { mm: 0.001, cm: 0.01, m: 1, km: 1000 };
const TOKEN = / *(?:([0-9.]+)(mm|cm|m|km)?|([-+*/()]))/g;

/* A value is { size, power }: metres to that power, 0 or 1. */
function tokensOf(text) {
  return [...text.matchAll(TOKEN)].map(([, number, unit, sign]) =>
    sign ? sign : { size: Number(number) * (unit ? UNITS[unit] : 1), power: unit ? 1 : 0 });
}

function parse(tokens) {
  let at = 0;
  const operand = () => {
    const token = tokens[at++];
    if (typeof token === "object") return token;
    if (token === "-") {
      const inner = product();
      return { ...inner, size: -inner.size };
    }
    if (token !== "(") throw new SyntaxError("no operand");
    const inner = sum();
    at++;
    return inner;
  };
  const product = () => {
    const left = operand();
    if (tokens[at] !== "*" && tokens[at] !== "/") return left;
    return combine(tokens[at++], left, product());
  };
  const sum = () => {
    const left = product();
    if (tokens[at] !== "+" && tokens[at] !== "-") return left;
    return combine(tokens[at++], left, sum());
  };
  return sum();
}

function combine(sign, a, b) {
  if (sign === "+" || sign === "-") {
    if (a.power !== b.power) throw new TypeError("a number and a length");
    return { size: sign === "+" ? a.size + b.size : a.size - b.size, power: a.power };
  }
  if (sign === "*") return { size: a.size * b.size, power: a.power + b.power };
  if (b.size === 0) throw new RangeError("division by 0");
  return { size: a.size / b.size, power: a.power - b.power };
}

function show({ size, power }) {
  return `${Number(size.toFixed(3))}${power ? " m" : ""}`;
}

function calculate(text) {
  return show(parse(tokensOf(text)));
}

module.exports = { calculate };
