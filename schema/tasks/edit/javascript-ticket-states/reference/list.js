"use strict";

const STATES = ["open", "waiting", "closed"];

function titles(tickets, state) {
  if (!STATES.includes(state)) throw new RangeError(`no state ${state}`);
  return tickets.filter((t) => t.state === state).map((t) => t.title);
}

function counts(tickets) {
  return Object.fromEntries(STATES.map((state) => [state, titles(tickets, state).length]));
}

module.exports = { titles, counts };
