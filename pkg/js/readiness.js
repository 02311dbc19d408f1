// @ts-check

/** The promise behind `ready`: one per attempt, so that a second try can end differently. */
export class Readiness {
  #isSettled = false;
  /** @type {() => void} */
  #resolve = () => {};
  /** @type {(reason: unknown) => void} */
  #reject = () => {};

  constructor() {
    this.promise = this.#renewed();
  }

  /** A new attempt begins. */
  begin() {
    if (this.#isSettled) this.promise = this.#renewed();
    this.#isSettled = false;
  }

  resolve() {
    this.begin();
    this.#isSettled = true;
    this.#resolve();
  }

  /** @param {unknown} reason */
  reject(reason) {
    this.begin();
    this.#isSettled = true;
    this.#reject(reason);
  }

  #renewed() {
    /** @type {Promise<void>} */
    const promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Nobody has to look at it: the element shows its errors itself.
    promise.catch(() => {});
    return promise;
  }
}
