import assert from "node:assert/strict";
import { test } from "node:test";
import { unfold } from "../../src/extras/unfold.js";

let paths = 0;

function fileEntry(name, { breaks = false } = {}) {
  const file = (resolve, reject) => (breaks ? reject(new Error("gone")) : resolve(new File(["x"], name)));
  return { name, isFile: true, isDirectory: false, fullPath: `/${name}`, file };
}

/** A folder that gives its entries in batches of `size`, and breaks after `breaksAfter` of them. */
function folder(name, inside, { size = 2, breaksAfter = Infinity, fullPath = `/${name}${paths++}` } = {}) {
  const createReader = () => {
    let at = 0;
    const readEntries = (resolve, reject) => {
      if (at >= breaksAfter) return reject(new Error("broken"));
      resolve(inside.slice(at, (at += size)));
    };
    return { readEntries };
  };
  return { name, isFile: false, isDirectory: true, fullPath, createReader };
}

const names = ({ files, folders }) => files.map((file) => (folders.includes(file) ? `${file.name}/` : file.name));

test("all batches of a folder are read, in the order of the names, folders inside it too", async () => {
  const tree = folder("a", [
    fileEntry("z.txt"),
    fileEntry("b.txt"),
    folder("m", [fileEntry("2.txt"), fileEntry("1.txt"), fileEntry("3.txt")]),
    fileEntry("a.txt"),
    fileEntry("y.txt"),
  ]);
  const found = await unfold([fileEntry("first.txt"), tree], [new File(["x"], "first.txt"), null]);
  assert.deepEqual(names(found), ["first.txt", "a.txt", "b.txt", "1.txt", "2.txt", "3.txt", "y.txt", "z.txt"]);
});

test("what systems leave in folders is skipped, unless it was dropped by itself", async () => {
  const tree = folder("a", [
    fileEntry(".DS_Store"),
    fileEntry("Thumbs.db"),
    fileEntry("desktop.ini"),
    fileEntry("._report.pdf"),
    folder("__MACOSX", [fileEntry("x.txt")]),
    fileEntry("report.pdf"),
    fileEntry(".hidden.txt"),
  ]);
  const found = await unfold([tree, fileEntry(".DS_Store")], [null, new File(["x"], ".DS_Store")]);
  assert.deepEqual(names(found), [".hidden.txt", "report.pdf", ".DS_Store"]);
});

test("a folder without files is refused where it can be seen, with the file the browser gave for it", async () => {
  const given = new File([], "junk");
  const found = await unfold(
    [folder("empty", []), folder("junk", [fileEntry(".DS_Store"), folder("deeper", [])])],
    [null, given],
  );
  assert.deepEqual(names(found), ["empty/", "junk/"]);
  assert.equal(found.files[1], given);
});

test("a folder that cannot be read, or not to its end, is refused and what came of it kept", async () => {
  const found = await unfold(
    [
      folder("dead", [fileEntry("x.txt")], { breaksAfter: 0 }),
      folder("a", [folder("half", [fileEntry("1.txt"), fileEntry("2.txt"), fileEntry("3.txt")], { breaksAfter: 2 })]),
      folder("b", [folder("dead", [], { breaksAfter: 0 }), fileEntry("z.txt")]),
    ],
    [null, null, null],
  );
  assert.deepEqual(names(found), ["dead/", "1.txt", "2.txt", "half/", "dead/", "z.txt"]);
});

test("a file that cannot be read is not lost: the browser's own, or an empty one that the rules refuse", async () => {
  const plain = new File(["abc"], "plain.txt");
  const found = await unfold(
    [fileEntry("plain.txt", { breaks: true }), folder("a", [fileEntry("gone.txt", { breaks: true })]), null],
    [plain, null, new File(["x"], "no-entry.txt")],
  );
  assert.deepEqual(names(found), ["plain.txt", "gone.txt", "no-entry.txt"]);
  assert.equal(found.files[0], plain);
  assert.equal(found.files[1].size, 0);
});

test("a folder that leads back to one above it has an end", async () => {
  const inside = [fileEntry("a.txt")];
  const same = folder("loop", inside, { fullPath: "/loop" });
  inside.push(same);
  assert.deepEqual(names(await unfold([same], [null])), ["a.txt"]);
  // A link makes the path longer each time.
  let depth = 0;
  const endless = () => {
    const deeper = folder("link", [], { fullPath: `/${depth++}` });
    let isRead = false;
    deeper.createReader = () => ({
      readEntries: (resolve) => {
        resolve(isRead ? [] : [endless()]);
        isRead = true;
      },
    });
    return deeper;
  };
  assert.deepEqual(names(await unfold([endless()], [null])), ["link/"]);
});

test("a folder that was chosen comes without what systems leave in it", async () => {
  const at = (path) => Object.defineProperty(new File(["x"], path.split("/").at(-1)), "webkitRelativePath", { value: path });
  const files = [at("a/.DS_Store"), at("a/b.txt"), at("a/__MACOSX/c.txt"), at("")];
  assert.deepEqual(await unfold([], files), { files: [files[1], files[3]], folders: [] });
});
