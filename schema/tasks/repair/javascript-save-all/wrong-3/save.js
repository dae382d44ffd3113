"use strict";

const reasonOf = (e) => e.message;

async function saveOne({ name, text }, write) {
  try {
    await write(name, text);
  } catch {
    await write(name, text);
  }
}

async function saveAll(files, write) {
  const saved = [];
  const failed = [];
  const seen = new Set();
  for (const file of files) {
    if (seen.has(file.name)) continue;
    seen.add(file.name);
    try {
      await saveOne(file, write);
      saved.push(file.name);
    } catch (e) {
      failed.push({ name: file.name, reason: reasonOf(e) });
    }
  }
  return { saved, failed };
}

module.exports = { saveAll };
