// @ts-check
import { make } from "./dom.js";

/**
 * An error of the whole element, said at once by screen readers too.
 *
 * @param {ShadowRoot} root
 * @param {string} message
 * @param {string} label of the button
 * @param {() => void} [again] what the button does; without it trying again is no use
 * @returns {HTMLElement} put into the root, after all else
 */
export function showTrouble(root, message, label, again) {
  const page = root.ownerDocument;
  const banner = make(page, "div", { class: "caf-banner caf-bad", role: "alert" }, [
    make(page, "span", {}, [message]),
  ]);
  if (again) {
    const button = make(page, "button", { class: "caf-button", type: "button" }, [label]);
    button.addEventListener("click", again);
    banner.append(button);
  }
  // The sheet's colours are defined on panels.
  const frame = make(page, "div", { class: "caf-panel" }, [banner]);
  root.append(frame);
  return frame;
}
