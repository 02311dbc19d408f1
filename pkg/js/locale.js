// @ts-check
/** @import { ConnectAttachedFilesElement } from "./types.js" */
import { late } from "./extras.js";
import phrases from "./phrases.js";
import texts from "./texts.js";

/**
 * The words in use: the language for dates, numbers and plurals, the widget's own texts in the order it
 * wants them, and the facade's by key.
 *
 * @typedef {{ tag: string, texts: string[], phrases: Record<string, string> }} Words
 */

/** @type {Words} */
export const ENGLISH = { tag: "en", texts, phrases };

/**
 * The words that an element asks for. Plain English comes without a fetch.
 *
 * @param {ConnectAttachedFilesElement} element
 * @returns {Promise<Words>}
 */
export async function wordsFor(element) {
  const tags = wanted(element);
  const [first = "en"] = tags;
  if (!element.strings && /^en(-[a-z]{2})?$/i.test(first)) return { ...ENGLISH, tag: first };
  // Without its translation the widget is still of use.
  return late("words")(tags, element.strings, ENGLISH).catch(() => ENGLISH);
}

/**
 * The element's own word, else the closest language around it, through shadow roots, else the reader's.
 *
 * @param {ConnectAttachedFilesElement} element
 * @returns {readonly string[]}
 */
function wanted(element) {
  if (element.locale) return [element.locale];
  for (let at = /** @type {Element | undefined} */ (element); at; at = hostOf(at)) {
    const lang = at.closest("[lang]")?.getAttribute("lang");
    if (lang) return [lang];
  }
  return globalThis.navigator?.languages ?? [];
}

/** @param {Element} element */
function hostOf(element) {
  return /** @type {ShadowRoot} */ (element.getRootNode()).host;
}
