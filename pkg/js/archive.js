// @ts-check
// All approved files as one zip. Loaded when somebody asks for it, with the library that knows the format.
import { makeZip } from "client-zip";

/** Most bytes that are gathered in memory where the browser cannot write to the disk as they come. */
const MOST_IN_MEMORY = 500 * 1024 * 1024;
/** How long the browser may take to begin reading what is saved, ms. */
const REVOKE_AFTER = 60_000;

/** @typedef {{ name: string, input: Blob | string, lastModified: Date }} Entry */

/**
 * Saves files as one zip, stored as they are. Where the browser and the frame allow it, it is written to the
 * disk file by file; the browser asks where to, which it does only while it handles a click. Elsewhere it is
 * gathered in memory. A file that cannot be fetched is left out and named in `MISSING.txt` inside the zip.
 * Nobody choosing a place for it ends it quietly.
 *
 * @param {readonly string[]} names
 * @param {(index: number) => Promise<Blob>} fetch content of the file with the index, asked for one at a time
 * @param {readonly string[]} labels name of the zip, and the sentence over the names in `MISSING.txt`
 * @param {number} [totalBytes] of all files, when known: what is too much is then refused before it is fetched
 * @returns {Promise<void>} rejects with `code: "too_large"` when the files have to be saved one by one, with
 *   `code: "nothing_fetched"` when not one could be fetched, else with what writing failed with
 */
export async function archive(names, fetch, [zip = "files.zip", missing = ""], totalBytes = 0) {
  const place = await chosen(zip);
  if (place === null) return;
  if (!place && totalBytes > MOST_IN_MEMORY) throw tooLarge();
  const content = makeZip(entries(names, fetch, missing, place ? Infinity : MOST_IN_MEMORY));
  if (place) await content.pipeTo(await place.createWritable());
  else save(await new Response(content).blob(), zip);
}

/**
 * @param {string} suggestedName
 * @returns {Promise<FileSystemFileHandle | null | undefined>} null when the user chose none, undefined where
 *   there is no choosing
 */
async function chosen(suggestedName) {
  /** @type {((options: { suggestedName: string }) => Promise<FileSystemFileHandle>) | undefined} */
  const choose = /** @type {any} */ (globalThis).showSaveFilePicker;
  try {
    return await choose?.({ suggestedName });
  } catch (error) {
    // A frame of another origin, or a click too long ago, is no choice of the user's.
    return error instanceof DOMException && error.name === "AbortError" ? null : undefined;
  }
}

/**
 * @param {readonly string[]} names
 * @param {(index: number) => Promise<Blob>} fetch
 * @param {string} missing
 * @param {number} most
 * @returns {AsyncGenerator<Entry>}
 */
async function* entries(names, fetch, missing, most) {
  const unique = uniquely();
  const list = unique("MISSING.txt");
  const lost = [];
  let bytes = 0;
  for (const [index, name] of names.entries()) {
    const input = await fetch(index).catch(() => null);
    if (!input) {
      lost.push(name);
      continue;
    }
    bytes += input.size;
    if (bytes > most) throw tooLarge();
    yield { name: unique(name), input, lastModified: new Date() };
  }
  if (lost.length === names.length) throw coded("nothing_fetched", "None of the files could be fetched.");
  if (lost.length === 0) return;
  yield { name: list, input: `${[missing, "", ...lost].join("\r\n")}\r\n`, lastModified: new Date() };
}

/**
 * Names that lead nowhere but into the folder the zip is opened in, each once: a zip holds two files of one
 * name, a disk does not, and many a disk does not tell capitals apart.
 */
function uniquely() {
  const taken = new Set();
  return (/** @type {string} */ name) => {
    // What no disk of Windows takes is replaced too, or the whole zip fails to unpack there.
    const plain = name.replace(/[\\/:*?"<>|\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "_").replace(/^\.+|[. ]+$/g, "") || "file";
    const [, stem = plain, end = ""] = /^(.+?)(\.[^.]*)?$/.exec(plain) ?? [];
    let free = plain;
    for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${stem} (${count})${end}`;
    taken.add(free.toLowerCase());
    return free;
  };
}

/**
 * @param {Blob} content
 * @param {string} name
 */
function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER);
}

function tooLarge() {
  return coded("too_large", "The files together are too large for this browser to gather in memory.");
}

/**
 * @param {string} code
 * @param {string} message
 */
function coded(code, message) {
  return Object.assign(new Error(message), { code });
}
