"use strict";

const { show } = require("./dates");

function sent(id) {
  return `parcel ${id} was sent`;
}

function arrival(id, date) {
  return `${sent(id)}, arrives on ${show(date)}`;
}

function waiting(count) {
  return `${count} ${count === 1 ? "parcel waits" : "parcels wait"}`;
}

module.exports = { sent, arrival, waiting };
