"use strict";

function make(title) {
  return { title, state: "open" };
}

function close(ticket) {
  if (ticket.state !== "open") throw new RangeError("not open");
  return { ...ticket, state: "closed" };
}

module.exports = { make, close };
