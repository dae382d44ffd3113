"use strict";

function best(scores, count) {
  const sorted = [...scores].sort((a, b) => b.points - a.points);
  const last = count > 0 && sorted[count - 1] ? sorted[count - 1].points : -Infinity;
  const shown = count > 0 ? sorted.filter((s) => s.points >= last) : [];
  let place = 0;
  return shown.map((s, i) => {
    if (i === 0 || s.points !== shown[i - 1].points) place = i + 1;
    return `${place}. ${s.name} (${s.points})`;
  });
}

module.exports = { best };
