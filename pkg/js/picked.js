// @ts-check
/** @import { WidgetConfig } from "./connect_attached_files.js" */

/** Files that came before the widget could take them, each batch with the case it was meant for. */
export class Picked {
  /** @type {{ files: File[], folders: File[], meant: WidgetConfig | null }[]} */
  #batches = [];

  get count() {
    return this.#batches.reduce((sum, batch) => sum + batch.files.length, 0);
  }

  /**
   * @param {File[]} files
   * @param {File[]} folders those among them that stand for a folder
   * @param {WidgetConfig | null} meant what the element was set to; null: whatever it is set to next
   */
  keep(files, folders, meant) {
    if (files.length > 0) this.#batches.push({ files, folders, meant });
  }

  /** The configuration turned out to be unusable: the next one holds. */
  forgetMeant() {
    for (const batch of this.#batches) batch.meant = null;
  }

  /** Takes everything out, in order. */
  takeAll() {
    const batches = this.#batches;
    this.#batches = [];
    return batches;
  }
}

/**
 * Whether both mean the same case at the same backend.
 *
 * @param {WidgetConfig} a
 * @param {WidgetConfig} b
 */
export function sameTarget(a, b) {
  return a.endpoint === b.endpoint && a.instanceId === b.instanceId && a.resource === b.resource;
}

/**
 * What was dropped. For a folder a browser hands over something that looks like a file; that it is
 * none can be asked only while the event lasts.
 *
 * @param {DataTransfer} data
 */
export function dropped(data) {
  /** @type {File[]} */
  const files = [];
  /** @type {File[]} */
  const folders = [];
  for (const item of data.items) {
    const file = item.getAsFile();
    if (!file) continue;
    files.push(file);
    if (item.webkitGetAsEntry()?.isDirectory) folders.push(file);
  }
  return { files, folders };
}
