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
  for (const link of find(text).reverse()) {
    const title = Object.hasOwn(titles, link.name) ? titles[link.name] : link.name;
    const behind = text.slice(link.at);
    text = text.slice(0, link.at) + behind.replace(behind.slice(0, link.size), link.label ?? title);
  }
  return text;
}

module.exports = { hasLinks, links, replace };
