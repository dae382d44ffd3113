"use strict";

const LETTERS = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", Ä: "ae", Ö: "oe", Ü: "ue" };

function slug(title, max = 40) {
  let text = title
    .replace(/[äöüßÄÖÜ]/g, (c) => LETTERS[c])
    .replace(/[A-Z]/g, (c) => c.toLowerCase())
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  if (text.length > max) {
    const cut = text.slice(0, max);
    const dash = cut.lastIndexOf("-");
    text = text[max] === "-" ? cut : cut.slice(0, Math.max(dash, 0));
    text = text.replace(/-$/, "");
  }
  return text || "untitled";
}

module.exports = { slug };
