// @ts-check

/** An event of the widget: name and detail. @typedef {[type: string, detail: any]} Told */

/**
 * Events leave one microtask after wasm told of them: a listener may call back into the widget,
 * which must not be in the middle of something then.
 */
export class Outbox {
  /** @type {Told[]} */
  #events = [];
  #deliver;

  /** @param {(events: Told[]) => void} deliver gets what has gathered, in order */
  constructor(deliver) {
    this.#deliver = deliver;
  }

  /**
   * @param {string} type
   * @param {any} detail
   */
  put(type, detail) {
    this.#events.push([type, detail]);
    if (this.#events.length === 1) queueMicrotask(() => this.flush());
  }

  flush() {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#deliver(events);
  }
}
