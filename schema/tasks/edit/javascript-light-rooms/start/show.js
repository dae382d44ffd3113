"use strict";

function status(house) {
  return [...house.lamps].map(([name, lamp]) => `${name} ${lamp.on ? "on" : "off"}`).join(", ");
}

module.exports = { status };
