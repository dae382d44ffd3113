"use strict";

const hex = (n, width) => n.toString(16).padStart(width, "0");

function line(bytes, at) {
  const part = bytes.subarray(at, at + 16);
  const cells = Array.from({ length: 16 }, (_, i) => (i < part.length ? hex(part[i], 2) : "  "));
  const text = Array.from(part, (b) => (b >= 0x20 && b <= 0x7e ? String.fromCharCode(b) : ".")).join("");
  return `${hex(at, 8)}  ${cells.slice(0, 8).join(" ")}  ${cells.slice(8).join(" ")}  |${text}|`;
}

function isSame(bytes, at) {
  if (at < 16 || at + 16 > bytes.length) return false;
  for (let i = 0; i < 16; i++) if (bytes[at + i] !== bytes[at + i - 16]) return false;
  return true;
}

function dump(bytes) {
  const lines = [];
  if (!bytes.length) return lines;
  for (let at = 0; at < bytes.length; at += 16) {
    if (!isSame(bytes, at)) lines.push(line(bytes, at));
    else if (lines[lines.length - 1] !== "*") lines.push("*");
  }
  lines.push(hex(bytes.length, 8));
  return lines;
}

module.exports = { dump };
