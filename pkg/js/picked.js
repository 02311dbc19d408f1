// @ts-check
/** @import { WidgetConfig } from "./connect_attached_files.js" */

/** Files that came before the widget could take them, each batch with the case it was meant for. */
export class Picked {
  /** @type {{ files: File[], meant: WidgetConfig | null }[]} */
  #batches = [];

  get count() {
    return this.#batches.reduce((sum, batch) => sum + batch.files.length, 0);
  }

  /**
   * @param {File[]} files
   * @param {WidgetConfig | null} meant what the element was set to; null: whatever it is set to next
   */
  keep(files, meant) {
    if (files.length > 0) this.#batches.push({ files, meant });
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
