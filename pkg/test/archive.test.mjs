import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble } from "./support/assemble.mjs";
import { unzip } from "./support/unzip.mjs";

const LABELS = ["case files.zip", "These files are missing:"];

async function fresh() {
  return (await (await assemble())("archive.js")).archive;
}

/** What the browser has for writing to the disk. */
function disk(t, { refuses } = {}) {
  const place = { chunks: [], asked: undefined, isClosed: false, aborted: undefined };
  globalThis.showSaveFilePicker = async (options) => {
    place.asked = options;
    if (refuses) throw refuses;
    const writable = new WritableStream({
      write: (chunk) => void place.chunks.push(Buffer.from(chunk)),
      close: () => void (place.isClosed = true),
      abort: (reason) => void (place.aborted = reason),
    });
    return { createWritable: async () => writable };
  };
  t.after(() => delete globalThis.showSaveFilePicker);
  return place;
}

/** What the browser has for saving a Blob. */
function downloads(t) {
  const saved = [];
  t.mock.method(URL, "createObjectURL", (blob) => (saved.push({ blob }), "blob:x"));
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document = {
    createElement: () => ({ click() { saved.at(-1).name = this.download; } }),
  };
  t.after(() => delete globalThis.document);
  return saved;
}

const contents = (...texts) => async (index) => {
  if (texts[index] === undefined) throw { code: "not_fetched" };
  return new Blob([texts[index]]);
};

test("it is written to the disk as it comes, each file asked for after the one before", async (t) => {
  const place = disk(t);
  const asked = [];
  const fetch = async (index) => {
    asked.push([index, place.chunks.length > 0]);
    return new Blob([`content ${index}`]);
  };
  await (await fresh())(["a.txt", "b.txt"], fetch, LABELS);
  assert.deepEqual(place.asked, { suggestedName: "case files.zip" });
  assert.deepEqual(asked, [[0, false], [1, true]]);
  assert.ok(place.isClosed);
  const found = unzip(Buffer.concat(place.chunks));
  assert.deepEqual(found, { "a.txt": "content 0", "b.txt": "content 1" });
});

test("the same name again gets a number, and no name leads out of the folder", async (t) => {
  const place = disk(t);
  const names = ["a.txt", "A.txt", "a.txt", "../../etc/x", "tab\tq?.txt", "MISSING.txt", "..", "end. "];
  await (await fresh())(names, async (index) => new Blob([`${index}`]), LABELS);
  const found = unzip(Buffer.concat(place.chunks));
  assert.deepEqual(Object.entries(found).sort(([, a], [, b]) => a - b).map(([name]) => name), [
    "a.txt",
    "A (2).txt",
    "a (3).txt",
    "_.._etc_x",
    "tab_q_.txt",
    "MISSING (2).txt",
    "file",
    "end",
  ]);
});

test("what could not be fetched is named inside", async (t) => {
  const place = disk(t);
  await (await fresh())(["a.txt", "lost.pdf", "c.txt"], contents("a", undefined, "c"), LABELS);
  const found = unzip(Buffer.concat(place.chunks));
  assert.deepEqual(found, {
    "MISSING.txt": "These files are missing:\r\n\r\nlost.pdf\r\n",
    "a.txt": "a",
    "c.txt": "c",
  });
});

test("a zip without a file in it is not kept", async (t) => {
  const place = disk(t);
  const archive = await fresh();
  await assert.rejects(archive(["a.txt"], contents(undefined), LABELS), { code: "nothing_fetched" });
  assert.ok(place.aborted);
  assert.ok(!place.isClosed);
});

test("where nothing can be written as it comes it is one download", async (t) => {
  const saved = downloads(t);
  await (await fresh())(["a.txt"], contents("a"), LABELS);
  assert.equal(saved[0].name, "case files.zip");
  const found = unzip(Buffer.from(await saved[0].blob.arrayBuffer()));
  assert.deepEqual(found, { "a.txt": "a" });
});

test("a frame that may not ask where to has its one download too", async (t) => {
  const saved = downloads(t);
  disk(t, { refuses: new DOMException("cross origin", "SecurityError") });
  await (await fresh())(["a.txt"], contents("a"), LABELS);
  assert.equal(saved.length, 1);
});

test("who chooses no place wants no files", async (t) => {
  disk(t, { refuses: new DOMException("no", "AbortError") });
  await (await fresh())(["a.txt"], () => assert.fail("fetched for nobody"), LABELS);
});

test("too much for the memory is refused before or while it is fetched, and fine for the disk", async (t) => {
  const saved = downloads(t);
  const archive = await fresh();
  const much = 501 * 1024 * 1024;
  const never = () => assert.fail("fetched for nothing");
  await assert.rejects(archive(["a.bin"], never, LABELS, much), { code: "too_large" });
  const huge = { size: much, stream: never, arrayBuffer: never };
  await assert.rejects(archive(["a.bin"], async () => huge, LABELS), { code: "too_large" });
  assert.equal(saved.length, 0);
  const place = disk(t);
  await archive(["a.bin"], contents("really small"), LABELS, much);
  assert.ok(place.isClosed);
});
