// @ts-check

/**
 * Makes an element. Attributes and text only: style attributes and markup in strings would not pass
 * a strict Content Security Policy.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {Document} page
 * @param {T} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(page, tag, attributes, children = []) {
  const element = page.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Sets an attribute, or takes it away for null, undefined and false.
 *
 * @param {HTMLElement} element
 * @param {string} name
 * @param {unknown} value
 */
export function writeAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Whether a drag carries files; a dragged text or link is left to the page.
 *
 * @param {DragEvent} event
 */
export function carriesFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
