"use strict";

const UNITS = { mm: 1n, cm: 10n, m: 1000n, km: 1000000n };
const TOKEN = / *(?:([0-9]+)(?:\.([0-9]+))?(?: *(mm|cm|km|m)(?![A-Za-z0-9]))?|([-+*/()]))/y;

/* A value is { top, bottom, power }: a fraction of mm to that power, 0 or 1. */
function tokensOf(text) {
  const tokens = [];
  const size = text.replace(/ +$/, "").length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < size) {
    const match = TOKEN.exec(text);
    if (!match) throw new SyntaxError("no part of an expression");
    const [, whole, decimals = "", unit, sign] = match;
    if (sign) tokens.push(sign);
    else tokens.push({ top: BigInt(whole + decimals) * (unit ? UNITS[unit] : 1n), bottom: 10n ** BigInt(decimals.length), power: unit ? 1 : 0 });
  }
  return tokens;
}

/* A tree is a value, or an array of an operator and its operands. */
function parse(tokens) {
  let at = 0;
  const operand = () => {
    const token = tokens[at++];
    if (typeof token === "object") return token;
    if (token === "-") return ["negate", product()];
    if (token !== "(") throw new SyntaxError("no operand");
    const inner = sum();
    if (tokens[at++] !== ")") throw new SyntaxError("no )");
    return inner;
  };
  const binary = (signs, next) => () => {
    let left = next();
    while (signs.includes(tokens[at])) left = [tokens[at++], left, next()];
    return left;
  };
  const product = binary(["*", "/"], operand);
  const sum = binary(["+", "-"], product);
  const tree = sum();
  if (at !== tokens.length) throw new SyntaxError("something behind the end");
  return tree;
}

function combine(sign, a, b) {
  if (sign === "+" || sign === "-") {
    if (a.power !== b.power) throw new TypeError("a number and a length");
    const right = sign === "+" ? b.top : -b.top;
    return { top: a.top * b.bottom + right * a.bottom, bottom: a.bottom * b.bottom, power: a.power };
  }
  const power = sign === "*" ? a.power + b.power : a.power - b.power;
  if (power < 0 || power > 1) throw new TypeError("no length comes of it");
  if (sign === "*") return { top: a.top * b.top, bottom: a.bottom * b.bottom, power };
  if (b.top === 0n) throw new RangeError("division by 0");
  const turn = b.top < 0n ? -1n : 1n;
  return { top: a.top * b.bottom * turn, bottom: a.bottom * b.top * turn, power };
}

function work(tree) {
  if (!Array.isArray(tree)) return tree;
  const [sign, ...operands] = tree;
  const values = operands.map(work);
  if (sign === "negate") return { ...values[0], top: -values[0].top };
  return combine(sign, ...values);
}

function show({ top, bottom, power }) {
  const scale = power ? bottom * 1000n : bottom;
  const size = top < 0n ? -top : top;
  const rounded = (2000n * size + scale) / (2n * scale);
  const digits = String(rounded % 1000n).padStart(3, "0").replace(/0+$/, "");
  const sign = top < 0n && rounded !== 0n ? "-" : "";
  return `${sign}${rounded / 1000n}${digits && "."}${digits}${power ? " m" : ""}`;
}

function calculate(text) {
  return show(work(parse(tokensOf(text))));
}

module.exports = { calculate };
