"use strict";

const SPAN = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/;
const DAY = 24 * 60;

function lengthOf(span) {
  const match = SPAN.exec(span);
  if (!match) throw new RangeError(`no span: "${span}"`);
  const [h1, m1, h2, m2] = match.slice(1).map(Number);
  return (h2 * 60 + m2 - (h1 * 60 + m1) + DAY) % DAY;
}

function total(text) {
  let minutes = 0;
  if (/[^ ]/.test(text)) {
    for (const span of text.split(",")) minutes += lengthOf(span.replace(/^ +| +$/g, ""));
  }
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

module.exports = { total };
