"use strict";
const fs = require("fs");

function write(value) {
  fs.writeSync(3, JSON.stringify(value === undefined ? "undefined" : value) + "\n");
}

function say(f, ...args) {
  let value;
  try {
    value = f(...args);
  } catch (e) {
    const kind = [RangeError, SyntaxError, TypeError, Error].find((k) => e instanceof k);
    value = { thrown: kind ? kind.name : "other" };
  }
  write(value);
}

const { saveAll } = require("./save");

const stray = [];
process.on("unhandledRejection", () => stray.push("unhandled"));

/* The names tell what their writes do: one letter for each try. */
async function play(...names) {
  const log = [];
  const tries = {};
  let running = 0;
  const write = (...args) => {
    log.push(`${args.join(" ")} ${running}`);
    const name = args[0];
    tries[name] = (tries[name] || 0) + 1;
    const kind = name.split("-")[1]?.[tries[name] - 1] ?? "o";
    if (kind === "t") throw new Error(`thrown ${tries[name]}`);
    if (kind === "s") throw `string ${tries[name]}`;
    if (kind === "p") return "plain";
    if (kind === "u") return Promise.reject(undefined);
    running++;
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        running--;
        if (kind === "r") reject(new TypeError(`rejected ${tries[name]}`));
        else resolve();
      }, 2);
    });
  };
  const files = names.map((name, i) => ({ name, text: `text${i}` }));
  const before = JSON.stringify(files);
  let result;
  try {
    result = await saveAll(files, write);
  } catch (e) {
    result = `rejected: ${e}`;
  }
  const then = log.length;
  await new Promise((resolve) => setTimeout(resolve, 6));
  return [log, result, log.length === then, before === JSON.stringify(files), stray.splice(0)];
}

(async () => {
  for (const names of [[], ["a"], ["a", "b", "c"], ["a-ro"], ["a-rr", "b"], ["a-to", "b"], ["a-tt", "b"], ["a-tr"], ["a-rt"], ["a-ss", "b"], ["a-uu"], ["a-so"], ["a-p", "b-p"], ["a", "b", "a", "c", "b"], ["a-rr", "a-rr", "b"], ["a-rro", "a-rro"], ["a-ro", "b-rr", "c-to", "d-p", "e-tt", "f"],
    ["__proto__", "constructor", "__proto__"], ["", ""]]) write(await play(...names));
})();
