// @ts-check
// What was dropped, with folders opened; of a folder chosen in the file dialog, what somebody put there.
// Loaded only when there is a folder.

/** Deeper folders than this are refused by name: a link that leads back to a folder above has no end. */
const DEEPEST = 40;

/** What systems leave in folders without anybody having asked for it. */
const JUNK = /^(\.ds_store|thumbs\.db|desktop\.ini|__macosx|\._.*)$/i;

/**
 * The files of what was dropped or chosen, in the order of the drop and, within a folder, of the names. What
 * cannot be opened is not lost: it comes back in both lists, so that it is refused where it can be seen.
 *
 * @param {readonly (FileSystemEntry | null | undefined)[]} entries taken from the drop while its event lasted;
 *   none for files that were chosen
 * @param {readonly (File | null | undefined)[]} files what the browser gave for each of them
 * @returns {Promise<{ files: File[], folders: File[] }>} `folders`: those of the files that stand for
 *   a folder of which nothing came out
 */
export async function unfold(entries, files) {
  const found = new Found();
  const count = Math.max(entries.length, files.length);
  for (let at = 0; at < count; at++) {
    const [entry, file] = [entries[at], files[at]];
    if (entry && isFolder(entry)) await found.open(entry, file);
    else if (file && !isJunk(file)) found.files.push(file);
    else if (!file && entry && isFile(entry)) found.files.push(await read(entry));
  }
  return { files: found.files, folders: found.folders };
}

class Found {
  /** @type {File[]} */
  files = [];
  /** @type {File[]} */
  folders = [];
  /** Paths of the folders opened so far. @type {Set<string>} */
  #seen = new Set();

  /**
   * A folder that was dropped itself.
   *
   * @param {FileSystemDirectoryEntry} folder
   * @param {File | null | undefined} file
   */
  async open(folder, file) {
    const before = this.files.length;
    await this.#walk(folder, 0);
    if (this.files.length === before) this.#refuse(file ?? new File([], folder.name));
  }

  /**
   * @param {FileSystemDirectoryEntry} folder
   * @param {number} depth
   */
  async #walk(folder, depth) {
    if (this.#seen.has(folder.fullPath)) return;
    this.#seen.add(folder.fullPath);
    const inside = depth < DEEPEST ? await list(folder) : null;
    if (!inside) {
      // The outermost one is refused by its caller, with the file that the browser gave for it.
      if (depth > 0) this.#refuse(new File([], folder.name));
      return;
    }
    inside.entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of inside.entries) {
      if (JUNK.test(entry.name)) continue;
      if (isFolder(entry)) await this.#walk(entry, depth + 1);
      else if (isFile(entry)) this.files.push(await read(entry));
    }
    if (inside.isCutShort) this.#refuse(new File([], folder.name));
  }

  /** @param {File} file */
  #refuse(file) {
    this.files.push(file);
    this.folders.push(file);
  }
}

/**
 * What a folder holds: a reader gives it in batches, the last of which is empty.
 *
 * @param {FileSystemDirectoryEntry} folder
 * @returns {Promise<{ entries: FileSystemEntry[], isCutShort: boolean } | null>} null when it cannot be read
 */
async function list(folder) {
  /** @type {FileSystemEntry[]} */
  const entries = [];
  try {
    const reader = folder.createReader();
    for (;;) {
      /** @type {FileSystemEntry[]} */
      const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (batch.length === 0) return { entries, isCutShort: false };
      entries.push(...batch);
    }
  } catch {
    return entries.length > 0 ? { entries, isCutShort: true } : null;
  }
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<File>} without a byte when it cannot be read: an empty file is refused by name
 */
function read(entry) {
  return new Promise((resolve) => entry.file(resolve, () => resolve(new File([], entry.name))));
}

/**
 * @param {FileSystemEntry} entry
 * @returns {entry is FileSystemDirectoryEntry}
 */
function isFolder(entry) {
  return entry.isDirectory;
}

/**
 * @param {FileSystemEntry} entry
 * @returns {entry is FileSystemFileEntry}
 */
function isFile(entry) {
  return entry.isFile;
}

/**
 * Whether a file came along with a folder that was chosen in the file dialog, put there by the system.
 *
 * @param {File} file
 */
function isJunk(file) {
  const [, ...inside] = (file.webkitRelativePath ?? "").split("/");
  return inside.some((name) => JUNK.test(name));
}
