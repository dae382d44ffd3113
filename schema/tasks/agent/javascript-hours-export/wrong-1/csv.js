"use strict";

const quoted = (field) => (/[,"]|^[ =+\-@]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field);

function row(fields) {
  return `${fields.map(quoted).join(",")}\r\n`;
}

module.exports = { row };
