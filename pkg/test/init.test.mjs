import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "./support/assemble.mjs";
import { install } from "./support/page.mjs";

install();
const bytes = new Uint8Array([0, 97, 115, 109]);

async function fresh() {
  const load = await assemble();
  const { stub } = await load("connect_attached_files.js");
  return { stub, ...(await load("init.js")) };
}

function answer(status, type) {
  return new Response("x", { status, headers: { "content-type": type } });
}

test("callers at the same time share one load", async () => {
  const { init, stub } = await fresh();
  const [first, second] = [init({ bytes }), init()];
  assert.equal(first, second);
  await first;
  await init();
  assert.deepEqual(stub.started, [bytes]);
});

test("a failed load is forgotten, and the next one asks the same place", async (t) => {
  const { init, stub } = await fresh();
  const asked = [];
  t.mock.method(globalThis, "fetch", async (url) => {
    asked.push(String(url));
    return answer(asked.length === 1 ? 503 : 200, "application/wasm");
  });
  await assert.rejects(init({ url: "https://cdn.example/a.wasm" }), { code: "load_failed", message: /503/ });
  await init();
  assert.deepEqual(asked, ["https://cdn.example/a.wasm", "https://cdn.example/a.wasm"]);
  assert.equal(stub.started.length, 1);
});

test("a response that was used up is not used again", async (t) => {
  const { init } = await fresh();
  const asked = [];
  t.mock.method(globalThis, "fetch", async (url) => {
    asked.push(String(url));
    return answer(200, "application/wasm");
  });
  const response = Promise.resolve(answer(404, "text/plain"));
  await assert.rejects(init({ response }), { code: "load_failed" });
  await init();
  assert.equal(asked.length, 1);
  assert.match(asked[0], /\/connect_attached_files_bg\.wasm$/);
});

test("a web page in place of the module is told as such", async () => {
  const { init } = await fresh();
  const response = answer(200, "text/html; charset=utf-8");
  await assert.rejects(init({ response }), { code: "load_failed", message: /web page/ });
});

test("a module the browser refuses points at the policy", async () => {
  const { init, stub } = await fresh();
  stub.onStart = () => Promise.reject(new WebAssembly.CompileError("blocked"));
  await assert.rejects(init({ bytes }), { code: "compile_failed", message: /wasm-unsafe-eval/ });
});

test("two sources at once are refused", async () => {
  const { init } = await fresh();
  await assert.rejects(init({ bytes, url: "x" }), { code: "invalid_argument" });
});

test("a browser without what is needed is named", async (t) => {
  const { init } = await fresh();
  const { adoptedStyleSheets } = Document.prototype;
  delete Document.prototype.adoptedStyleSheets;
  t.after(() => (Document.prototype.adoptedStyleSheets = adoptedStyleSheets));
  await assert.rejects(init({ bytes }), { code: "unsupported_browser", message: /style sheets/ });
});

test("a panic ends the module for all, once", async () => {
  const { init, guarded, watchModule } = await fresh();
  await init({ bytes });
  const heard = [];
  watchModule((error) => heard.push(error.code));
  const trap = new WebAssembly.RuntimeError("unreachable");
  assert.throws(() => guarded(() => { throw trap; }), { code: "stopped", cause: trap });
  assert.throws(() => guarded(() => assert.fail("called into a broken module")), { code: "stopped" });
  await assert.rejects(init(), { code: "stopped" });
  assert.deepEqual(heard, ["stopped"]);
});

test("a panic in a handler of its own is heard, one of another module on the page is not", async (t) => {
  const listeners = new Map();
  t.mock.method(globalThis, "addEventListener", (type, run) => listeners.set(type, run));
  const { init, watchModule } = await fresh();
  await init({ bytes });
  const heard = [];
  watchModule((error) => heard.push(error.code));
  const tell = (stack) => {
    const error = Object.assign(new WebAssembly.RuntimeError("unreachable"), { stack });
    listeners.get("error")({ error });
  };
  tell("at https://page.test/other.wasm:wasm-function[1]");
  assert.deepEqual(heard, []);
  tell("at https://page.test/connect_attached_files_bg.wasm:wasm-function[1]");
  assert.deepEqual(heard, ["stopped"]);
});

test("what wasm throws becomes the package's error", async () => {
  const { guarded } = await fresh();
  const tagged = { code: "invalid_config", message: "no such case" };
  assert.throws(() => guarded(() => { throw tagged; }), {
    name: "AttachedFilesError",
    code: "invalid_config",
    message: "no such case",
    cause: tagged,
  });
  assert.throws(() => guarded(() => { throw new TypeError("odd"); }), { code: "internal", message: "odd" });
});
