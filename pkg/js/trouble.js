// @ts-check
/** @import { AttachedFilesError } from "./errors.js" */
import { make } from "./dom.js";

/**
 * An error of the whole element, said at once by screen readers too.
 *
 * @param {ShadowRoot} root
 * @param {AttachedFilesError} error
 * @param {() => void} [again] what "Try again" does; without it trying again is no use
 * @returns {HTMLElement} put into the root, before all else
 */
export function showTrouble(root, error, again) {
  const page = root.ownerDocument;
  const alert = make(page, "div", { class: "caf-alert", role: "alert" }, [
    make(page, "p", { class: "caf-alert-text" }, [error.message]),
  ]);
  if (again) {
    const button = make(page, "button", { class: "caf-button", type: "button" }, ["Try again"]);
    button.addEventListener("click", again);
    alert.append(button);
  }
  root.prepend(alert);
  return alert;
}
