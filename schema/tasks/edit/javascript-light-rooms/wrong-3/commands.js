"use strict";

const { status } = require("./show");

function run(house, text) {
  const [command, ...words] = text.split(" ");
  const isSwitch = words.length === 2 && ["on", "off"].includes(words[1]);
  if (command === "add" && (words.length === 1 || words.length === 2)) {
    house.add(words[0]);
    return "added";
  }
  if (command === "room" && isSwitch) return `${house.switchRoom(words[0], words[1] === "on")} switched`;
  if (command === "switch" && isSwitch) {
    house.switch(words[0], words[1] === "on");
    return "switched";
  }
  if (command === "status" && words.length === 0) return status(house);
  throw new RangeError(`what is "${text}"?`);
}

module.exports = { run };
