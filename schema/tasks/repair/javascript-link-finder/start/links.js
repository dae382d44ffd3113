"use strict";

const LINK = /\[\[(.+)(?:\|(.+))?\]\]/g;

function hasLinks(text) {
  return LINK.test(text);
}

function links(text) {
  const names = [];
  let match;
  while ((match = LINK.exec(text))) {
    if (!names.includes(match[1])) names.push(match[1]);
  }
  return names;
}

function replace(text, titles) {
  for (const name of links(text)) {
    text = text.replace(`[[${name}]]`, titles[name] || name);
  }
  return text;
}

module.exports = { hasLinks, links, replace };
