"use strict";

const isNested = (value) => value !== null && typeof value === "object" && Object.keys(value).length > 0;

function collect(value, name, result) {
  for (const key of Object.keys(value)) {
    let inner;
    if (Array.isArray(value)) inner = `${name}[${key}]`;
    else {
      const escaped = key;
      inner = name === null ? escaped : `${name}.${escaped}`;
    }
    if (isNested(value[key])) collect(value[key], inner, result);
    else result.push([inner, value[key]]);
  }
}

function flatten(settings) {
  const result = [];
  collect(settings, null, result);
  return Object.fromEntries(result);
}

module.exports = { flatten };
