"use strict";

async function saveAll(files, write) {
  const saved = [];
  const failed = [];
  files.forEach(async (file) => {
    try {
      await write(file.name, file.text);
      saved.push(file.name);
    } catch (e) {
      write(file.name, file.text);
      failed.push({ name: file.name, reason: e.message });
    }
  });
  return { saved, failed };
}

module.exports = { saveAll };
