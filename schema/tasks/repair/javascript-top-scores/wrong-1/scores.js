"use strict";

function best(scores, count) {
  const points = scores.map((s) => s.points).sort().reverse();
  const sorted = scores.sort((a, b) => points.indexOf(a.points) - points.indexOf(b.points));
  let place = 0;
  return sorted.slice(0, count).map((s, i) => {
    if (i > 0 && s.points !== sorted[i - 1].points) place++;
    return `${place}. ${s.name} (${s.points})`;
  });
}

module.exports = { best };
