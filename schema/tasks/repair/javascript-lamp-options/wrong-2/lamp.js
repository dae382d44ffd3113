"use strict";

function describe({ name = "lamp", level = 100, tone, fade, on = true } = {}) {
  const percent = Math.min(100, Math.max(0, level));
  const colour = tone === "cold" ? "cold" : "warm";
  const ms = fade === undefined ? 500 : fade;
  const fading = ms === 0 ? "no fading" : `fades ${ms} ms`;
  return `${name}: ${percent} %, ${colour}, ${fading}, ${on ? "on" : "off"}`;
}

module.exports = { describe };
