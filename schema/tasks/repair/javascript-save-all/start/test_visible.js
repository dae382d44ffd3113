"use strict";
const assert = require("assert");
const { saveAll } = require("./save");

const written = [];
async function write(name, text) {
  written.push(`${name}:${text}`);
  await null;
  if (name === "bad") throw new Error("no room");
}

saveAll([{ name: "a", text: "1" }, { name: "bad", text: "2" }, { name: "c", text: "3" }], write).then((result) => {
  assert.deepStrictEqual(written, ["a:1", "bad:2", "bad:2", "c:3"]);
  assert.deepStrictEqual(result, { saved: ["a", "c"], failed: [{ name: "bad", reason: "no room" }] });
});
process.on("exit", () => assert.strictEqual(written.length, 4));
