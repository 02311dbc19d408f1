// @ts-check
/** @import { CustomStateName } from "./types.js" */

/** The custom states of an element, `:state(busy)` and so on; without them in older browsers. */
export class States {
  /** @type {CustomStateSet | undefined} */
  #set;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#set = element.attachInternals?.().states;
  }

  /**
   * @param {CustomStateName} name
   * @param {boolean} on
   */
  toggle(name, on) {
    if (!this.#set) return;
    if (!on) {
      this.#set.delete(name);
      return;
    }
    try {
      this.#set.add(name);
    } catch {
      // Chromium before 125 knew only names with two dashes, under another selector.
      this.#set = undefined;
    }
  }
}
