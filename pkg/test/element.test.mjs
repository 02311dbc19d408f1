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

test("every setting reaches wasm, booleans as such, and unusable words are told", async () => {
  const { element, stub, arrive } = await fresh();
  Object.assign(element, { duplicates: "skip", density: "dense", manualStart: true, readOnly: false });
  Object.assign(element, { maxTotalBytes: 5_000, capture: "environment", tags: { team: "a" } });
  connect(element);
  await arrive();
  assert.deepEqual(stub.config, {
    endpoint: "/api",
    instanceId: "i",
    resource: "case-a",
    maxFiles: undefined,
    maxTotalBytes: 5_000,
    concurrency: undefined,
    checksumTag: undefined,
    capture: "environment",
    duplicates: "skip",
    density: "dense",
    manualStart: true,
    readOnly: false,
    disabled: false,
    tags: { team: "a" },
  });
  assert.equal(element.getAttribute("manual-start"), "");
  assert.equal(element.getAttribute("readonly"), null);
  element.disabled = true;
  element.tags = { team: "b" };
  await settled();
  assert.ok(stub.config.disabled);
  assert.deepEqual(stub.config.tags, { team: "b" });
  element.duplicates = "sometimes";
  assert.equal(element.duplicates, "allow", "what holds while the attribute is of no use");
  await settled();
  await assert.rejects(element.ready, { code: "invalid_config", message: /allow, skip, rename.*"sometimes"/ });
});

test("how files came and their tags go along, those of the moment they were added", async () => {
  const { element, stub, arrive } = await fresh();
  element.tags = { team: "a", kind: "x" };
  element.addFiles([file("early.txt")], { tags: { kind: "y" } });
  connect(element);
  element.addFiles([file("waits.txt")]);
  element.tags = null;
  await arrive();
  element.addFiles([file("later.txt")]);
  assert.deepEqual(stub.added, [
    ["api", { team: "a", kind: "y" }],
    ["api", { team: "a", kind: "x" }],
    ["api", {}],
  ]);
  assert.throws(() => (element.tags = { count: 1 }), { code: "invalid_argument" });
  assert.throws(() => element.addFiles([], { tags: "a" }), { code: "invalid_argument" });
});

test("hooks are there for wasm while the host has them, and it is told when that changes", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  assert.equal(stub.extras.beforeAdd, undefined);
  assert.equal(stub.extras.resolveUser, undefined);
  stub.calls.length = 0;
  element.beforeAdd = (given, { source }) => `${given.name} by ${source}`;
  element.resolveUser = async (arn) => (arn === "arn:me" ? "Me" : null);
  await settled();
  assert.deepEqual(stub.calls, [["configure", "case-a"]]);
  const answers = await stub.extras.beforeAdd([file("a.txt"), file("b.txt")], "paste");
  assert.deepEqual(answers, ["a.txt by paste", "b.txt by paste"]);
  assert.equal(await stub.extras.resolveUser("arn:me"), "Me");
  assert.equal(await stub.extras.resolveUser("arn:other"), null);
  element.beforeAdd = null;
  assert.equal(stub.extras.beforeAdd, undefined);
  assert.throws(() => (element.beforeAdd = "no"), { code: "invalid_argument" });
});

test("a check of the host's that breaks, or answers oddly, lets nothing pass", async (t) => {
  const { element, stub, arrive } = await fresh();
  const reported = [];
  globalThis.reportError = (error) => reported.push(error.message);
  t.after(() => delete globalThis.reportError);
  connect(element);
  await arrive();
  const asked = async (hook) => {
    element.beforeAdd = hook;
    return (await stub.extras.beforeAdd([file("a.txt")], "drop"))[0];
  };
  const sorry = /could not be checked/;
  assert.match(await asked(() => { throw new Error("host's own"); }), sorry);
  assert.deepEqual(reported, ["host's own"]);
  for (const odd of [false, "", 0, {}]) assert.match(await asked(() => odd), sorry);
  for (const yes of [undefined, null, true]) assert.equal(await asked(async () => yes), null);
  const other = file("b.txt");
  assert.equal(await asked(async () => other), other);
});

test("the host is asked about one file after the other", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  let open = 0;
  element.beforeAdd = async (given) => {
    open += 1;
    assert.equal(open, 1);
    await settled();
    open -= 1;
    if (given.name === "b.txt") throw new Error("only this one");
  };
  globalThis.reportError = () => {};
  const answers = await stub.extras.beforeAdd(["a.txt", "b.txt", "c.txt"].map(file), "api");
  delete globalThis.reportError;
  assert.deepEqual(answers.map((answer) => answer === null), [true, false, true]);
});

test("a user nobody can name is no error", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  element.resolveUser = () => { throw new Error("directory is down"); };
  assert.equal(await stub.extras.resolveUser("arn:x"), null);
});

test("what wasm cannot fetch rejects with the package's error", async () => {
  const { element, stub, arrive } = await fresh();
  await assert.rejects(element.fetch(1), { code: "not_ready" });
  connect(element);
  await arrive();
  stub.onFetch = async (id) => (id === 1 ? new Blob(["x"]) : Promise.reject({ code: "not_approved", message: "no" }));
  assert.equal((await element.fetch(1)).size, 1);
  const cause = { code: "not_approved", message: "no" };
  await assert.rejects(element.fetch(2), { name: "AttachedFilesError", code: "not_fetched", message: "no", cause });
  await assert.rejects(element.fetch("1"), { code: "invalid_argument" });
});

test("further methods reach wasm", async () => {
  const { element, stub, arrive } = await fresh();
  connect(element);
  await arrive();
  stub.calls.length = 0;
  element.upload();
  element.rename(3, "b.txt");
  element.preview(3);
  element.downloadAll();
  assert.deepEqual(stub.calls, [["upload", undefined], ["rename", 3, "b.txt"], ["preview", 3], ["downloadAll", undefined]]);
  assert.throws(() => element.preview(), { code: "invalid_argument" });
});

test("while nothing may be added the skeleton takes nothing", async () => {
  const { element } = await fresh();
  element.readOnly = true;
  connect(element);
  const input = element.shadow.find("input");
  assert.ok(input.disabled);
  element.readOnly = false;
  element.capture = "user";
  await settled();
  assert.ok(!input.disabled);
  assert.equal(input.getAttribute("capture"), "user");
});
