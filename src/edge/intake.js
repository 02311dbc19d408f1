// @ts-check
// Files that come in by dragging and by pasting.

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
 * Watches a panel for files. Text that someone drags or pastes is left to the page.
 *
 * @param {HTMLElement} panel
 * @param {() => boolean} takes whether files can be taken now
 * @param {(source: "drop" | "paste", dropped: Dropped) => void} take called while the event lasts
 * @returns {() => void} ends the watch
 */
export function watchIntake(panel, takes, take) {
  const zone = /** @type {HTMLElement} */ (panel.querySelector(".caf-dropzone"));
  const watch = new AbortController();
  // Enter and leave fire for every child; the zone is left when as many have left as entered.
  let depth = 0;
  for (const [kind, step] of /** @type {const} */ ([["dragenter", 1], ["dragover", 0], ["dragleave", -1], ["drop", -Infinity]])) {
    zone.addEventListener(kind, (event) => {
      const data = event.dataTransfer;
      if (!data?.types.includes("Files")) return;
      // Even where files cannot be taken: the browser would leave the page to show them.
      event.preventDefault();
      const isTaken = takes();
      data.dropEffect = isTaken ? "copy" : "none";
      depth = Math.max(depth + step, 0);
      zone.dataset.over = depth === 0 ? "false" : isTaken ? "true" : "refused";
      if (kind === "drop" && isTaken) take("drop", dropped(data));
    }, watch);
  }
  // A paste goes to what has the focus and rises from there, so it comes here only from inside.
  panel.addEventListener("paste", (event) => {
    const isText = event.target instanceof HTMLInputElement && event.target.type === "text";
    const files = [...(event.clipboardData?.files ?? [])].map(dated);
    if (isText || files.length === 0 || event.defaultPrevented || !takes()) return;
    event.preventDefault();
    take("paste", { files, entries: [], folders: [], needsUnfolding: false });
  }, watch);
  return () => watch.abort();
}

/**
 * Every screenshot comes as `image.png`: with the time in its name one can be told from the next.
 *
 * @param {File} file
 */
function dated(file) {
  if (file.name !== "image.png") return file;
  const now = new Date();
  const local = new Date(+now - now.getTimezoneOffset() * 60_000).toISOString();
  const time = local.slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return new File([file], `screenshot ${time}.png`, { type: file.type, lastModified: file.lastModified });
}

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
