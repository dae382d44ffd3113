"use strict";

const kindOf = (value) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
const stepOf = (name) => "/" + name.replace(/~/g, "~0").replace(/\//g, "~1");

function compare(before, after, path, result) {
  const kind = kindOf(before);
  if (kind !== kindOf(after) || (kind !== "object" && kind !== "array")) {
    if (before !== after) result.push(`~ ${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`);
    return;
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  for (const name of names) {
    const inner = path + stepOf(name);
    if (!Object.hasOwn(before, name)) result.push(`+ ${inner} = ${JSON.stringify(after[name])}`);
    else if (!Object.hasOwn(after, name)) result.push(`- ${inner}`);
    else compare(before[name], after[name], inner, result);
  }
}

function changes(before, after) {
  const result = [];
  compare(before, after, "", result);
  return result;
}

module.exports = { changes };
