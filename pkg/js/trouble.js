// @ts-check
/** @import { AttachedFilesError } from "./errors.js" */
import { make } from "./dom.js";

/**
 * An error of the whole element, said at once by screen readers too.
 *
 * @param {ShadowRoot} root
 * @param {AttachedFilesError} error
 * @param {() => void} [again] what "Try again" does; without it trying again is no use
 * @returns {HTMLElement} put into the root, after all else
 */
export function showTrouble(root, error, again) {
  const page = root.ownerDocument;
  const banner = make(page, "div", { class: "caf-banner caf-bad", role: "alert" }, [
    make(page, "span", {}, [error.message]),
  ]);
  if (again) {
    const button = make(page, "button", { class: "caf-button", type: "button" }, ["Try again"]);
    button.addEventListener("click", again);
    banner.append(button);
  }
  // The sheet's colours are defined on panels.
  const frame = make(page, "div", { class: "caf-panel" }, [banner]);
  root.append(frame);
  return frame;
}
