"use strict";

function make(title) {
  return { title, state: "open" };
}

function change({ waitsFor, ...ticket }, from, state) {
  if (!from.includes(ticket.state)) throw new RangeError(`a ticket that is ${ticket.state}`);
  return { ...ticket, state };
}

function wait(ticket, who) {
  if (!who) throw new RangeError("waits for nobody");
  return { ...change(ticket, ["open"], "waiting"), waitsFor: who };
}

const resume = (ticket) => change(ticket, ["waiting"], "open");
const close = (ticket) => change(ticket, ["open", "waiting"], "closed");

module.exports = { make, wait, resume, close };
