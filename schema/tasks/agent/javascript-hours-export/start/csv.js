"use strict";

function row(fields) {
  return fields.map((f) => (f.includes(",") ? `"${f}"` : f)).join(",") + "\n";
}

module.exports = { row };
