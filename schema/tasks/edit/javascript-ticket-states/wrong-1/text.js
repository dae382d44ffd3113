"use strict";

const MARKS = { open: " ", waiting: ".", closed: "x" };

function line(ticket) {
  const who = ticket.state === "waiting" ? ` (${ticket.waitsFor})` : "";
  return `[${MARKS[ticket.state]}] ${ticket.title}${who}`;
}

module.exports = { line };
