// @ts-check
import { carriesFiles } from "./dom.js";

/**
 * Tells whether files are being dragged over the element, and sees to it that the browser never
 * opens a file dropped beside the drop zone: that would throw the page away.
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
  /** @param {Event} event */
  const refuse = (event) => {
    if (!isFileDrag(event) || event.defaultPrevented) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "none";
  };
  root.addEventListener("dragenter", (event) => {
    if (!isFileDrag(event)) return;
    inside = event.target;
    tell(true);
  });
  root.addEventListener("dragleave", (event) => {
    if (event.target === inside) end();
  });
  root.addEventListener("drop", end, { capture: true });
  root.addEventListener("dragover", refuse);
  root.addEventListener("drop", refuse);
}

/**
 * @param {Event} event
 * @returns {event is DragEvent}
 */
function isFileDrag(event) {
  return "dataTransfer" in event && carriesFiles(/** @type {DragEvent} */ (event));
}
