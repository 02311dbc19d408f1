import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "./support/assemble.mjs";
import { connect, install, settled, until } from "./support/page.mjs";

install();

/** As `assemble` has them. */
const ENGLISH = ["Attached files", "Hello"];

async function fresh(attributes = {}) {
  const load = await assemble();
  const { stub } = await load("connect_attached_files.js");
  const { ConnectAttachedFilesElement, init } = await load("index.js");
  const element = new ConnectAttachedFilesElement();
  const all = { endpoint: "/api", "instance-id": "i", resource: "case-a", ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  const begin = () => init({ bytes: new Uint8Array() });
  return { element, stub, begin };
}

async function standing(attributes) {
  const made = await fresh(attributes);
  made.begin();
  connect(made.element);
  await made.element.ready;
  return made;
}

test("plain English is there without a fetch, with the words of its region", async () => {
  const { stub } = await standing({ locale: "en-GB" });
  assert.deepEqual(stub.words, [[ENGLISH, "en-GB"]]);
});

test("the widget is told its words before anything is drawn, and wasm does not wait for them", async () => {
  const { element, stub, begin } = await fresh({ locale: "de-AT" });
  let isLoaded = false;
  begin().then(() => (isLoaded = true));
  connect(element);
  assert.match(element.shadow.text, /Choose files/);
  await until(() => isLoaded);
  await element.ready;
  assert.deepEqual(stub.words, [[["Angehängte Dateien", "Hallo"], "de-AT"]]);
});

test("the skeleton speaks the language as soon as it is there", async () => {
  const { element, stub, begin } = await fresh({ locale: "de" });
  stub.onStart = () => new Promise(() => {});
  begin();
  connect(element);
  assert.match(element.shadow.text, /Loading…/);
  await until(() => /Lädt…/.test(element.shadow.text));
  assert.equal(element.shadow.find("section").getAttribute("aria-label"), "Angehängte Dateien");
  // What the translation lacks stays English.
  assert.match(element.shadow.text, /Choose files/);
});

test("a module that does not load is told in the language of the page", async () => {
  const { element, stub, begin } = await fresh({ locale: "de" });
  stub.onStart = () => Promise.reject(new WebAssembly.CompileError("no"));
  begin().catch(() => {});
  connect(element);
  await assert.rejects(element.ready, { code: "compile_failed", message: /Content Security Policy/ });
  assert.match(element.shadow.text, /Nicht zugelassen\. +Nochmal/);
});

test("the closest language around counts, through shadow roots", async () => {
  const { element, stub, begin } = await fresh();
  begin();
  const outer = new HTMLElement();
  const inner = new HTMLElement();
  outer.setAttribute("lang", "de-CH");
  inner.attachShadow().host = inner;
  outer.append(inner);
  inner.shadow.append(element);
  connect(element);
  await element.ready;
  assert.deepEqual(stub.words.at(-1), [["Angehängte Dateien", "Hallo"], "de-CH"]);
});

test("texts of the host replace those of the language, also later", async () => {
  const { element, stub } = await standing({ locale: "de" });
  element.strings = { greeting: "Servus", unknown: "x" };
  await until(() => stub.words.length === 2);
  assert.deepEqual(stub.words[1], [["Angehängte Dateien", "Servus"], "de"]);
  element.locale = "en";
  await until(() => stub.words.length === 3);
  assert.deepEqual(stub.words[2], [["Attached files", "Servus"], "en"]);
  element.strings = null;
  await until(() => stub.words.length === 4);
  assert.deepEqual(stub.words[3], [ENGLISH, "en"]);
  assert.throws(() => (element.strings = { title: 1 }), { code: "invalid_argument" });
});

test("the last of several changes holds, however long each takes", async () => {
  const { element, stub } = await standing({ locale: "de" });
  element.locale = "zh-TW";
  element.locale = "en";
  await until(() => stub.words.length === 2);
  await settled();
  assert.deepEqual(stub.words.at(-1), [ENGLISH, "en"]);
});

test("a language that cannot be loaded is English", async () => {
  const { stub } = await standing({ locale: "fr" });
  assert.deepEqual(stub.words, [[ENGLISH, "en"]]);
});

test("each tag finds its translation", async () => {
  const { choice } = await (await assemble())("words.js");
  const found = (...tags) => Object.values(choice(tags)).join(" ");
  assert.equal(found("de-AT"), "de-AT de");
  assert.equal(found("pt"), "pt pt-BR");
  assert.equal(found("zh"), "zh zh-CN");
  assert.equal(found("zh-Hans-HK"), "zh-Hans-HK zh-CN");
  assert.equal(found("zh-TW"), "zh-TW zh-TW");
  assert.equal(found("zh-HK"), "zh-HK zh-TW");
  assert.equal(found("zh-Hant"), "zh-Hant zh-TW");
  assert.equal(found("nb-NO"), "en en");
  assert.equal(found("en-AU-u-hc-h12", "de"), "en-AU-u-hc-h12 en", "English comes before what is wanted less");
  assert.equal(found("en_US"), "en en", "no tag at all");
  assert.equal(found("da", "DE-de"), "de-DE de", "the next best of the reader's languages");
  assert.equal(found(), "en en");
});
