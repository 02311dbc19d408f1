// @ts-check
/** @import { WidgetConfig } from "./connect_attached_files.js" */
/** @import { AddSource } from "./types.js" */

/**
 * Files that were picked at once.
 *
 * @typedef {object} Batch
 * @property {File[]} files
 * @property {File[]} folders those among the files that stand for a folder
 * @property {AddSource} source
 * @property {Record<string, string>} tags
 * @property {WidgetConfig | null} meant what the element was set to; null: whatever it is set to next
 */

/** Files that came before the widget could take them, each batch with the case it was meant for. */
export class Picked {
  /** @type {Batch[]} */
  #batches = [];

  get count() {
    return this.#batches.reduce((sum, batch) => sum + batch.files.length, 0);
  }

  /** @param {Batch} batch */
  keep(batch) {
    if (batch.files.length > 0) this.#batches.push(batch);
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
