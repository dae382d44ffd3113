"use strict";

const people = { 1: { name: "Ada" }, 2: { name: "Bo" } };

async function load(key) {
  if (!people[key]) throw new RangeError(`nobody is ${key}`);
  return people[key];
}

module.exports = { load };
