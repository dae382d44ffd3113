"use strict";

function describe(options) {
  const name = options.name || "lamp";
  const level = options.level || 100;
  const tone = options.tone || "warm";
  const ms = options.fade || 500;
  const on = options.on || true;
  const fading = ms === 0 ? "no fading" : `fades ${ms} ms`;
  return `${name}: ${level} %, ${tone}, ${fading}, ${on ? "on" : "off"}`;
}

module.exports = { describe };
