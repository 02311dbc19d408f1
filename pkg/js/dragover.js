// @ts-check
import { carriesFiles } from "./dom.js";

/**
 * Tells whether files are being dragged over the element.
 *
 * @param {ShadowRoot} root
 * @param {(over: boolean) => void} tell
 */
export function watchDrags(root, tell) {
  /** Entering a child comes before leaving its parent: only leaving the last one entered counts.
   * @type {EventTarget | null} */
  let inside = null;
  const end = () => {
    inside = null;
    tell(false);
  };
  root.addEventListener("dragenter", (event) => {
    if (!carriesFiles(/** @type {DragEvent} */ (event))) return;
    inside = event.target;
    tell(true);
  });
  root.addEventListener("dragleave", (event) => {
    if (event.target === inside) end();
  });
  root.addEventListener("drop", end, { capture: true });
}
