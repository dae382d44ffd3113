"use strict";

const { languagesFor } = require("./speak");

const MONTHS = {
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  de: ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
};

/* "2026-11-30" as people read it. */
function show(date, language = "en") {
  const [year, month, day] = date.split("-").map(Number);
  const known = languagesFor(language).find((l) => Object.hasOwn(MONTHS, l));
  return `${day}${known === "de" ? "." : ""} ${MONTHS[known][month - 1]} ${year}`;
}

module.exports = { show };
