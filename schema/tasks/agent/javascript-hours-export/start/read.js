"use strict";

const LINE = /^(\S+) (\d+):(\d+)-(\d+):(\d+) (\S+) (\S+)(?: "(.*)")?$/;

function read(text) {
  const spans = [];
  const errors = [];
  text.split("\n").forEach((line, i) => {
    const match = LINE.exec(line);
    if (!match) {
      errors.push(`line ${i}: not understood`);
      return;
    }
    const [, date, h1, m1, h2, m2, person, project, note] = match;
    const minutes = h2 * 60 + Number(m2) - (h1 * 60 + Number(m1));
    spans.push({ date, minutes, person, project, note });
  });
  return { spans, errors };
}

module.exports = { read };
