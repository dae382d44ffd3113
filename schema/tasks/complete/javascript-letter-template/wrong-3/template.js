"use strict";

const FIELD = /^\{ *([A-Za-z0-9_]+) *(?:\}|([|?])([^{}|]*)\})/;

function read(field, values) {
  const [, name, kind, text] = field;
  const value = values[name];
  const has = value !== undefined && value !== null;
  if (kind === "?") return has && value !== false && value !== "" ? text.split("*").join(String(value)) : "";
  if (has) return String(value);
  if (kind === "|") return text;
  throw new RangeError(`no value for ${name}`);
}

function fill(template, values) {
  let result = "";
  let at = 0;
  while (at < template.length) {
    const c = template[at];
    if (c !== "{" && c !== "}") {
      result += c;
      at++;
    } else if (template[at + 1] === c) {
      result += c;
      at += 2;
    } else {
      const field = FIELD.exec(template.slice(at));
      if (!field) throw new RangeError(`a single ${c} at ${at}`);
      result += read(field, values);
      at += field[0].length;
    }
  }
  return result;
}

module.exports = { fill };
