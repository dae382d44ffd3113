"use strict";

function status(house) {
  const rooms = new Map();
  for (const [name, lamp] of house.lamps) {
    if (!rooms.has(lamp.room)) rooms.set(lamp.room, []);
    rooms.get(lamp.room).push(`${name} ${lamp.on ? "on" : "off"}`);
  }
  return [...rooms.keys()].sort().map((room) => `${room}: ${rooms.get(room).join(", ")}`).join("\n");
}

module.exports = { status };
