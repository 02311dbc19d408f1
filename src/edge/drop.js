// @ts-check

/**
 * `folders`: those of the files that stand for a folder.
 *
 * @typedef {object} Dropped
 * @property {(File | null)[]} files
 * @property {(FileSystemEntry | null)[]} entries
 * @property {(File | null)[]} folders
 * @property {boolean} needsUnfolding whether there is more in it than these files
 */

/**
 * What was dropped; it can be asked for only while the event lasts. For a folder a browser hands over
 * something that looks like a file.
 *
 * @param {DataTransfer} data
 * @returns {Dropped}
 */
export function dropped(data) {
  const items = [...data.items].filter((item) => item.kind === "file");
  const files = items.map((item) => item.getAsFile());
  const entries = items.map((item) => item.webkitGetAsEntry());
  const folders = files.filter((_, at) => entries[at]?.isDirectory);
  return { files, entries, folders, needsUnfolding: folders.length > 0 || files.includes(null) };
}
