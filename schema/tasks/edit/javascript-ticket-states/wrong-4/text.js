"use strict";

function line(ticket) {
  return `[${ticket.state === "open" ? " " : "x"}] ${ticket.title}`;
}

module.exports = { line };
