// @ts-check
import css from "./theme.js";

/** What only the element needs; the rest is the Leptos component's too. */
const HOST = ":host{display:block}:host([hidden]){display:none}"
  // Without the attribute the page's own scheme holds.
  + ":host([theme=auto]){color-scheme:light dark}:host([theme=light]){color-scheme:light}"
  + ":host([theme=dark]){color-scheme:dark}";

/** One sheet for all elements of a document: a constructed sheet serves only the document it was made in.
 * @type {WeakMap<Document, CSSStyleSheet>} */
const sheets = new WeakMap();

/**
 * Gives a shadow root the widget's style. Adopted sheets are allowed under `style-src 'self'`,
 * where style elements and attributes are not.
 *
 * @param {ShadowRoot} root
 */
export function adoptSheet(root) {
  const page = root.ownerDocument;
  let sheet = sheets.get(page);
  if (!sheet) {
    const Sheet = page.defaultView?.CSSStyleSheet;
    // Too old a browser: init says so in the element, which works unstyled until then.
    if (!Sheet || !("adoptedStyleSheets" in root)) return;
    sheet = new Sheet();
    sheet.replaceSync(HOST + css);
    sheets.set(page, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet];
}
