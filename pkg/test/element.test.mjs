import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "./support/assemble.mjs";
import { connect, disconnect, file, install, settled } from "./support/page.mjs";

install();

/** An element, its stub, and a module whose loading the test lets go by `arrive` or `break`. */
async function fresh(attributes = { endpoint: "/api", "instance-id": "i", resource: "case-a" }) {
  const load = await assemble();
  const { stub } = await load("connect_attached_files.js");
  const { ConnectAttachedFilesElement, init } = await load("index.js");
  const loads = [];
  stub.onStart = () => new Promise((resolve, reject) => loads.push({ resolve, reject }));
  init({ bytes: new Uint8Array() }).catch(() => {});
  const element = new ConnectAttachedFilesElement();
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const arrive = async () => {
    await settled();
    loads.at(-1).resolve();
    await settled();
  };
  const fail = async () => {
    await settled();
    loads.at(-1).reject(new WebAssembly.CompileError("no"));
    await settled();
  };
  return { element, stub, arrive, fail };
}

test("files picked before wasm is there are handed over", async () => {
  const { element, stub, arrive } = await fresh();
  element.addFiles([file("early.txt")]);
  connect(element);
  element.addFiles([file("a.txt"), file("b.txt")]);
  assert.match(element.shadow.text, /ready: 3/);
  await arrive();
  await element.ready;
  assert.deepEqual(stub.calls, [
    ["mount", "case-a"],
    ["addFiles", "early.txt"],
    ["addFiles", "a.txt", "b.txt"],
  ]);
  assert.ok(element.states.has("ready"));
});

test("a file picked on one case does not land on the next one", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  element.addFiles([file("for-a.txt")]);
  element.resource = "case-b";
  element.addFiles([file("for-b.txt")]);
  await arrive();
  assert.deepEqual(stub.calls, [
    ["mount", "case-b"],
    ["configure", "case-a"],
    ["addFiles", "for-a.txt"],
    ["configure", "case-b"],
    ["addFiles", "for-b.txt"],
  ]);
});

test("files added in the same breath as a new case go to the new case", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  stub.calls.length = 0;
  element.resource = "case-b";
  element.addFiles([file("for-b.txt")]);
  await settled();
  assert.deepEqual(stub.calls, [["configure", "case-b"], ["addFiles", "for-b.txt"]]);
});

test("several changes at once are one configuration", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  stub.calls.length = 0;
  element.resource = "case-b";
  element.resource = "case-c";
  element.maxFiles = 5;
  await settled();
  assert.deepEqual(stub.calls, [["configure", "case-c"]]);
});

test("without a case files wait for the next one, and never go to the former", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  stub.calls.length = 0;
  element.resource = "";
  element.addFiles([file("later.txt")]);
  await settled();
  element.resource = "case-b";
  await settled();
  assert.deepEqual(stub.calls, [["configure", ""], ["configure", "case-b"], ["addFiles", "later.txt"]]);
});

test("an element that is gone when wasm arrives stays gone", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await settled();
  disconnect(element);
  await arrive();
  assert.deepEqual(stub.calls, []);
  assert.equal(element.shadow.children.length, 0);
});

test("an element taken off and put on again during the load has one widget", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await settled();
  disconnect(element);
  await settled();
  connect(element);
  await arrive();
  assert.deepEqual(stub.calls, [["mount", "case-a"]]);
  assert.equal(element.shadow.children.length, 1);
});

test("moving keeps the widget, removing frees it", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  disconnect(element);
  connect(element);
  await settled();
  assert.deepEqual(stub.calls, [["mount", "case-a"]]);
  disconnect(element);
  await settled();
  assert.deepEqual(stub.calls, [["mount", "case-a"], ["free"]]);
  assert.deepEqual(element.items, []);
  assert.ok(!element.states.has("ready"));
});

test("a failed load is shown, loses nothing, and can be tried again", async () => {
  const { element, stub, arrive, fail } = await fresh();
  connect(element);
  element.addFiles([file("kept.txt")]);
  await fail();
  await assert.rejects(element.ready, { code: "compile_failed" });
  assert.ok(element.states.has("error"));
  const again = element.shadow.find("button");
  assert.equal(again.text, "Try again");
  again.dispatchEvent(new Event("click"));
  await arrive();
  await element.ready;
  assert.deepEqual(stub.calls, [["mount", "case-a"], ["addFiles", "kept.txt"]]);
  assert.ok(!element.states.has("error"));
  assert.equal(element.shadow.find("button"), null);
});

test("an unusable setting is shown and a better one taken", async () => {
  const { element, stub, arrive } = await fresh();
  element.setAttribute("max-files", "many");
  connect(element);
  await arrive();
  await assert.rejects(element.ready, { code: "invalid_config", message: /max-files.*"many"/ });
  assert.deepEqual(stub.calls, []);
  element.maxFiles = 3;
  await settled();
  await element.ready;
  assert.equal(element.maxFiles, 3);
  assert.deepEqual(stub.calls, [["mount", "case-a"]]);
});

test("what wasm refuses at the mount leaves no widget behind", async () => {
  const { element, stub, arrive } = await fresh();
  stub.onMount = (_root, config) => {
    if (config.resource === "case-a") throw { code: "invalid_config", message: "no ARN" };
  };
  connect(element);
  element.addFiles([file("kept.txt")]);
  await arrive();
  await assert.rejects(element.ready, { code: "invalid_config", message: "no ARN" });
  element.resource = "case-b";
  await settled();
  assert.deepEqual(stub.calls, [["mount", "case-a"], ["mount", "case-b"], ["addFiles", "kept.txt"]]);
});

test("events come in order, after wasm has returned, and set the states", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  const heard = [];
  element.addEventListener("file-added", (event) => {
    heard.push(event.type, event.detail.id, event.bubbles, event.composed);
    element.pause(1);
  });
  element.addEventListener("upload-error", (event) => heard.push(event.type));
  stub.tell("file-added", { id: 1, phase: "queued" });
  assert.deepEqual(heard, [], "a listener would have called into a busy module");
  await settled();
  assert.deepEqual(heard, ["file-added", 1, true, true]);
  assert.ok(element.states.has("busy"));
  stub.tell("upload-error", { id: 1, phase: "error" });
  await settled();
  assert.ok(!element.states.has("busy"));
  assert.ok(element.states.has("error"));
  stub.tell("row-gone", { id: 1 });
  await settled();
  assert.ok(!element.states.has("error"));
});

test("properties set before the class arrived are taken over", async () => {
  const { element, stub, arrive } = await fresh({ endpoint: "/api", "instance-id": "i" });
  Object.defineProperty(element, "resource", { value: "early", writable: true, configurable: true });
  connect(element);
  assert.equal(element.getAttribute("resource"), "early");
  await arrive();
  assert.deepEqual(stub.calls, [["mount", "early"]]);
});

test("headers of every form reach wasm as a plain object, the current source each time", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  assert.deepEqual(await stub.headers(), {});
  element.getHeaders = async () => new Headers({ Authorization: "Bearer 1" });
  assert.deepEqual(await stub.headers(), { authorization: "Bearer 1" });
  element.getHeaders = () => [["X-Team", "a"]];
  assert.deepEqual(await stub.headers(), { "x-team": "a" });
  assert.throws(() => (element.getHeaders = {}), { code: "invalid_argument" });
});

test("methods before their time and odd arguments are told apart", async () => {
  const { element } = await fresh();
  assert.throws(() => element.open(), { code: "not_ready" });
  connect(element);
  assert.throws(() => element.pause(), { code: "not_ready" });
  assert.throws(() => element.addFiles(file("a.txt")), { code: "invalid_argument" });
  assert.throws(() => element.addFiles(["a.txt"]), { code: "invalid_argument" });
  assert.deepEqual(element.items, []);
  assert.equal(element.limits, null);
});

test("a missing id means all, an odd one nothing; remove() without any takes the element away", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  stub.calls.length = 0;
  element.pause();
  element.pause(7);
  assert.throws(() => element.pause(null), { code: "invalid_argument" });
  assert.throws(() => element.remove(undefined), { code: "invalid_argument" });
  element.remove(7);
  assert.deepEqual(stub.calls, [["pause", undefined], ["pause", 7], ["remove", 7]]);
  const parent = new HTMLElement();
  parent.append(element);
  element.remove();
  assert.deepEqual(parent.children, []);
});
