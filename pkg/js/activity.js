// @ts-check
/** @import { ItemPhase } from "./types.js" */

/** Phases in which work of the widget is still to be done. */
const BUSY = new Set(["queued", "hashing", "starting", "uploading", "completing", "deleting"]);

/** Learns from the events which files are under way and which ended in an error. */
export class Activity {
  /** @type {Set<number>} */
  #busy = new Set();
  /** @type {Set<number>} */
  #failed = new Set();

  get isBusy() {
    return this.#busy.size > 0;
  }

  get hasErrors() {
    return this.#failed.size > 0;
  }

  /**
   * @param {number} id
   * @param {ItemPhase | null} phase null once the row is gone
   */
  note(id, phase) {
    put(this.#busy, id, phase !== null && BUSY.has(phase));
    put(this.#failed, id, phase === "error");
  }

  clear() {
    this.#busy.clear();
    this.#failed.clear();
  }
}

/**
 * @param {Set<number>} set
 * @param {number} id
 * @param {boolean} isIn
 */
function put(set, id, isIn) {
  if (isIn) set.add(id);
  else set.delete(id);
}
