// @ts-check
/** @import { AddSource, BeforeAdd, ConnectAttachedFilesElement } from "./types.js" */
/** @import { Extras } from "./connect_attached_files.js" */
/** @import * as Late from "./late.js" */

/**
 * A function that is fetched when it is first called.
 *
 * @template {keyof typeof Late} Name
 * @param {Name} name
 * @returns {typeof Late[Name]}
 */
export function late(name) {
  const call = async (/** @type {any[]} */ ...given) =>
    /** @type {any} */ (await import("./late.js"))[name](...given);
  return /** @type {any} */ (call);
}

/**
 * What the widget can do beyond its own module. A hook is there only while the host has set it.
 *
 * @param {ConnectAttachedFilesElement} element
 * @param {() => Record<string, string>} phrases in the language of the moment
 * @returns {Extras}
 */
export function extras(element, phrases) {
  /** @type {Extras} */
  const all = {
    unfold: late("unfold"),
    sniff: late("sniff"),
    thumbnail: late("thumbnail"),
    preview: late("preview"),
    archive: late("archive"),
    rename: late("rename"),
    claim: late("claim"),
    copy: late("copy"),
    sha256: late("sha256"),
    get beforeAdd() {
      const hook = element.beforeAdd;
      const ask = (/** @type {readonly File[]} */ files, /** @type {AddSource} */ source) =>
        late("check")(/** @type {BeforeAdd} */ (hook), files, source, phrases());
      return hook ? ask : undefined;
    },
    get resolveUser() {
      const hook = element.resolveUser;
      return hook ? (/** @type {string} */ arn) => late("user")(hook, arn) : undefined;
    },
  };
  return all;
}
