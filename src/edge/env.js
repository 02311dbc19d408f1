// @ts-check
// The network's and the page's state.

/** 128 random bits of the browser's cryptographic source, as two numbers. */
export function seed() {
  return crypto.getRandomValues(new BigUint64Array(2));
}

/**
 * Whether the browser believes there is a network, or the page can be seen.
 *
 * @param {"online" | "visible"} state
 */
export function is(state) {
  return state === "online" ? navigator.onLine : document.visibilityState !== "hidden";
}

/**
 * The origin of the page, what a bucket's CORS rule must allow; `*` for a page without one, such as a
 * sandboxed frame.
 */
export function origin() {
  return globalThis.origin === "null" ? "*" : globalThis.origin;
}

/**
 * Tells when network or page have changed.
 *
 * @param {() => void} tell
 * @returns {() => void} ends the watch
 */
export function watchPage(tell) {
  const watch = new AbortController();
  for (const kind of ["online", "offline"]) addEventListener(kind, tell, watch);
  document.addEventListener("visibilitychange", tell, watch);
  return () => watch.abort();
}

/**
 * Tells when the window takes another size.
 *
 * @param {() => void} tell
 * @returns {() => void} ends the watch
 */
export function watchSize(tell) {
  addEventListener("resize", tell);
  return () => removeEventListener("resize", tell);
}

/**
 * Asks before the page is left.
 *
 * @returns {() => void} lets it be left again
 */
export function guardPage() {
  const ask = (/** @type {Event} */ event) => event.preventDefault();
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
}

/**
 * A promise with what settles it.
 *
 * @returns {{ promise: Promise<unknown>, resolve: (value: unknown) => void, reject: (reason: unknown) => void }}
 */
export function promised() {
  /** @type {any} */
  const own = {};
  own.promise = new Promise((resolve, reject) => Object.assign(own, { resolve, reject }));
  return own;
}

/** Lets the page do something else. */
export function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}
