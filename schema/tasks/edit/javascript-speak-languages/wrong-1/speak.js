"use strict";

const { TEXTS } = require("./texts");

const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

/* The languages to look in, best first. */
function languagesFor(language) {
  return [own(TEXTS, language) ? language : language.split("-")[0], "en"].filter((l) => own(TEXTS, l));
}

function speaker(language) {
  const languages = languagesFor(language);
  return function say(key, fields = {}) {
    const found = languages.find((l) => own(TEXTS[l], key) !== undefined);
    if (!found) throw new RangeError(`no text ${key}`);
    const entry = TEXTS[found][key];
    const text = typeof entry === "string" ? entry : fields.count === 1 ? entry.one : entry.other;
    return text.replace(/\{([^{}]*)\}/g, (all, name) => (Object.hasOwn(fields, name) ? String(fields[name]) : all));
  };
}

module.exports = { speaker, languagesFor };
