"use strict";

const { status } = require("./show");

function run(house, text) {
  const [command, ...words] = text.split(" ");
  if (command === "add" && words.length === 1) {
    house.add(words[0]);
    return "added";
  }
  if (command === "switch" && words.length === 2 && ["on", "off"].includes(words[1])) {
    house.switch(words[0], words[1] === "on");
    return "switched";
  }
  if (command === "status" && words.length === 0) return status(house);
  throw new RangeError(`what is "${text}"?`);
}

module.exports = { run };
