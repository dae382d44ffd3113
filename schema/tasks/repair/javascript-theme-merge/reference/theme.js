"use strict";

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function put(target, name, value) {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (!isObject(value)) return value;
  const result = {};
  for (const name of Object.keys(value)) put(result, name, copy(value[name]));
  return result;
}

function apply(target, override) {
  for (const name of Object.keys(override)) {
    const value = override[name];
    if (value === undefined) continue;
    if (value === "inherit") delete target[name];
    else if (!isObject(value)) put(target, name, copy(value));
    else {
      if (!Object.hasOwn(target, name) || !isObject(target[name])) put(target, name, {});
      apply(target[name], value);
    }
  }
}

function merge(base, ...overrides) {
  const result = copy(base);
  for (const override of overrides) if (override !== undefined && override !== null) apply(result, override);
  return result;
}

module.exports = { merge };
