import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "./support/assemble.mjs";

class Registry {
  #classes = new Map();

  get(tag) {
    return this.#classes.get(tag);
  }

  getName(wanted) {
    return [...this.#classes].find(([, there]) => there === wanted)?.[0] ?? null;
  }

  define(tag, given) {
    if (this.getName(given)) throw new Error("a class serves one tag only");
    this.#classes.set(tag, given);
  }
}

/** @param {import("node:test").TestContext} t */
function withRegistry(t) {
  globalThis.customElements = new Registry();
  t.after(() => delete globalThis.customElements);
  return globalThis.customElements;
}

test("on a server everything imports and nothing is registered", async () => {
  const load = await assemble();
  const api = await load("define.js");
  assert.deepEqual(Object.keys(api).sort(), [
    "AttachedFilesError",
    "ConnectAttachedFilesElement",
    "defineElement",
    "init",
  ]);
  assert.equal(api.defineElement(), api.ConnectAttachedFilesElement);
});

test("importing the API registers nothing, importing define does", async (t) => {
  const registry = withRegistry(t);
  const load = await assemble();
  const { ConnectAttachedFilesElement } = await load("index.js");
  assert.equal(registry.get("connect-attached-files"), undefined);
  await load("define.js");
  assert.equal(registry.get("connect-attached-files"), ConnectAttachedFilesElement);
});

test("the same name again changes nothing, another name gets a class of its own", async (t) => {
  const registry = withRegistry(t);
  const load = await assemble();
  const { ConnectAttachedFilesElement, defineElement } = await load("index.js");
  assert.equal(defineElement(), ConnectAttachedFilesElement);
  assert.equal(defineElement(), ConnectAttachedFilesElement);
  const other = defineElement("case-files");
  assert.equal(registry.get("case-files"), other);
  assert.ok(other.prototype instanceof ConnectAttachedFilesElement);
  assert.equal(defineElement("case-files"), other);
});

test("a foreign class under the name is an error that says so", async (t) => {
  withRegistry(t).define("connect-attached-files", class {});
  const load = await assemble();
  const { defineElement } = await load("index.js");
  assert.throws(() => defineElement(), { code: "name_taken", message: /second copy/ });
});
