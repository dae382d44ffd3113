"use strict";

const SOURCE = /\[\[([^[\]|\n]+)(?:\|([^[\]\n]+))?\]\]/g;
const trim = (text) => text.replace(/^ +| +$/g, "");

function find(text) {
  const found = [];
  for (const match of text.matchAll(SOURCE)) {
    const name = trim(match[1]);
    const label = match[2] === undefined ? null : trim(match[2]);
    if (name && label !== "") found.push({ at: match.index, size: match[0].length, name, label });
  }
  return found;
}

function hasLinks(text) {
  return find(text).length > 0;
}

function links(text) {
  const names = new Map();
  for (const { name } of find(text)) {
    const key = name.toLowerCase();
    if (!names.has(key)) names.set(key, name);
  }
  return [...names.values()];
}

function replace(text, titles) {
  let result = "";
  let at = 0;
  for (const link of find(text)) {
    const title = titles[link.name] || link.name;
    result += text.slice(at, link.at) + (link.label ?? title);
    at = link.at + link.size;
  }
  return result + text.slice(at);
}

module.exports = { hasLinks, links, replace };
