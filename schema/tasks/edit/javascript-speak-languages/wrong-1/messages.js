"use strict";

const { show } = require("./dates");
const { speaker } = require("./speak");

function sent(id, language = "en") {
  return speaker(language)("sent", { id });
}

function arrival(id, date, language = "en") {
  return `${sent(id, language)}, ${speaker(language)("arrives", { date: show(date, language) })}`;
}

function waiting(count, language = "en") {
  return speaker(language)("waits", { count });
}

module.exports = { sent, arrival, waiting };
