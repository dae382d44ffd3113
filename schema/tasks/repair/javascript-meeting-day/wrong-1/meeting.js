"use strict";

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

function meeting(year, month, weekday, number) {
  const date = new Date(year, month, 1);
  while (date.getDay() !== DAYS.indexOf(weekday)) date.setDate(date.getDate() + 1);
  date.setDate(date.getDate() + 7 * (number - 1));
  return date.toISOString().slice(0, 10);
}

module.exports = { meeting };
