"use strict";

function profiles(loader) {
  async function name(id) {
    return (await loader.load(id)).name;
  }

  async function both(a, b) {
    const names = await Promise.all([name(a), name(b)]);
    return names.join(" & ");
  }

  return { name, both };
}

module.exports = { profiles };
