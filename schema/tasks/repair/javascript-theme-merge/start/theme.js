"use strict";

function merge(base, ...overrides) {
  const result = { ...base };
  for (const override of overrides) {
    for (const name in override) {
      if (override[name] === "inherit") delete result[name];
      else if (typeof override[name] === "object" && typeof result[name] === "object") {
        Object.assign(result[name], override[name]);
      } else result[name] = override[name] || result[name];
    }
  }
  return result;
}

module.exports = { merge };
