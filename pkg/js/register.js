// @ts-check
import { ConnectAttachedFilesElement } from "./element.js";
import { AttachedFilesError } from "./errors.js";

/**
 * Registers the element. Calling it again with the same name does nothing; nor does calling it
 * where there are no custom elements, as on a server.
 *
 * @param {string} [tag]
 * @returns {typeof ConnectAttachedFilesElement} the class behind the tag
 */
export function defineElement(tag = "connect-attached-files") {
  if (typeof customElements === "undefined") return ConnectAttachedFilesElement;
  const there = customElements.get(tag);
  if (there) {
    if (isOurs(there)) return there;
    const message = `<${tag}> is taken by another class on this page, perhaps by a second copy of this `
      + "package. Load one copy, or give defineElement another tag name.";
    throw new AttachedFilesError("name_taken", message);
  }
  // A class serves one tag only: each further tag gets a class of its own.
  const used = customElements.getName?.(ConnectAttachedFilesElement);
  const ours = used ? class extends ConnectAttachedFilesElement {} : ConnectAttachedFilesElement;
  customElements.define(tag, ours);
  return ours;
}

/**
 * @param {CustomElementConstructor} there
 * @returns {there is typeof ConnectAttachedFilesElement}
 */
function isOurs(there) {
  return there === ConnectAttachedFilesElement || there.prototype instanceof ConnectAttachedFilesElement;
}
