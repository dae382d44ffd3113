"use strict";

function titles(tickets, state) {
  if (state !== "open" && state !== "closed") throw new RangeError(`no state ${state}`);
  return tickets.filter((t) => (t.state === "open") === (state === "open")).map((t) => t.title);
}

function counts(tickets) {
  const open = tickets.filter((t) => t.state === "open").length;
  return { open, closed: tickets.length - open };
}

module.exports = { titles, counts };
