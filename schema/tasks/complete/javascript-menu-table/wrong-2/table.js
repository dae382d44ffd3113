"use strict";

function fail(number, why) {
  throw new SyntaxError(`line ${number}: ${why}`);
}

function cellsOf({ text, number }) {
  if (!text.startsWith("|")) fail(number, "no | at the beginning");
  const cells = [];
  let cell = "";
  let open = false;
  for (let i = 1; i < text.length; i++) {
    open = true;
    if (text[i] === "\\" && (text[i + 1] === "|" || text[i + 1] === "\\")) cell += text[++i];
    else if (text[i] === "|") {
      cells.push(cell);
      cell = "";
      open = false;
    } else cell += text[i];
  }
  if (open || !cells.length) fail(number, "no | at the end");
  return cells.map((c) => c.replace(/^ +| +$/g, ""));
}

function valueOf(cell, isNumber, number) {
  if (cell === undefined || cell === "") return null;
  if (!isNumber) return cell;
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(cell)) fail(number, `no number: ${cell}`);
  return Number(cell);
}

function readTable(text) {
  const all = text.split("\n").map((t, i) => ({ text: t.replace(/^ +| +$/g, ""), number: i + 1 }));
  const [head, dashes, ...rows] = all.filter((line) => line.text !== "");
  if (!head) fail(all.length, "no table");
  const names = cellsOf(head);
  if (names.includes("") || new Set(names).size !== names.length) fail(head.number, "names of columns");
  if (!dashes) fail(all.length, "no line of dashes");
  const marks = cellsOf(dashes);
  if (marks.length !== names.length || !marks.every((m) => /^:?-+:?$/.test(m))) fail(dashes.number, "dashes");
  return rows.map((row) => {
    const cells = cellsOf(row);
    if (cells.length > names.length) fail(row.number, "too many cells");
    return Object.fromEntries(names.map((name, i) => [name, valueOf(cells[i], marks[i].endsWith(":"), row.number)]));
  });
}

module.exports = { readTable };
