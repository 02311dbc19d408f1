// @ts-check
// Everything that is fetched only when it is needed, each behind an import of its own.
/** @import { AddSource, ConnectAttachedFilesElement } from "./types.js" */
/** @import { Extras } from "./connect_attached_files.js" */

// Nothing here is imported by what is there from the start: sharing would cost it a file of its own.
export { words } from "./words.js";

/** @type {NonNullable<Extras["unfold"]>} */
export const unfold = async (...given) => (await import("./extras/unfold.js")).unfold(...given);
/** @type {NonNullable<Extras["sniff"]>} */
export const sniff = async (...given) => (await import("./extras/sniff.js")).sniff(...given);
/** @type {NonNullable<Extras["thumbnail"]>} */
export const thumbnail = async (...given) => (await import("./extras/thumbnail.js")).thumbnail(...given);
/** @type {NonNullable<Extras["preview"]>} */
export const preview = async (...given) => (await import("./extras/preview.js")).preview(...given);
/** @type {NonNullable<Extras["archive"]>} */
export const archive = async (...given) => (await import("./archive.js")).archive(...given);

/** @type {typeof import("./extras/rename.js").rename} */
export const rename = async (...given) => (await import("./extras/rename.js")).rename(...given);
/** @type {typeof import("./extras/leftovers.js").claim} */
export const claim = async () => (await import("./extras/leftovers.js")).claim();
/** @type {typeof import("./extras/copy.js").copy} */
export const copy = async (...given) => (await import("./extras/copy.js")).copy(...given);
/** @type {typeof import("./extras/sha256.js").sha256} */
export const sha256 = async (...given) => (await import("./extras/sha256.js")).sha256(...given);

/**
 * Asks the host about one file after the other.
 *
 * @param {NonNullable<ConnectAttachedFilesElement["beforeAdd"]>} hook
 * @param {readonly File[]} files
 * @param {AddSource} source
 * @param {Record<string, string>} phrases
 * @returns {Promise<(File | string | null)[]>} for each another file, why not, or null for yes
 */
export async function check(hook, files, source, phrases) {
  const answers = [];
  for (const file of files) answers.push(await checkOne(hook, file, source, phrases));
  return answers;
}

/**
 * What the host did not mean as a yes is a no: a check that breaks lets nothing pass.
 *
 * @param {NonNullable<ConnectAttachedFilesElement["beforeAdd"]>} hook
 * @param {File} file
 * @param {AddSource} source
 * @param {Record<string, string>} phrases
 * @returns {Promise<File | string | null>}
 */
async function checkOne(hook, file, source, phrases) {
  const sorry = phrases["late-check-failed"]
    ?? "The file could not be checked, so it is not accepted. Try again, or tell your administrator.";
  try {
    /** @type {unknown} */
    const answer = await hook(file, { source });
    if (answer === null || answer === undefined || answer === true) return null;
    // By its brand, not its class: it may come from another frame.
    if (Object.prototype.toString.call(answer) === "[object File]") return /** @type {File} */ (answer);
    return typeof answer === "string" && answer ? answer : sorry;
  } catch (error) {
    globalThis.reportError?.(error);
    return sorry;
  }
}

/**
 * Asks the host who a user is; without an answer there is no name.
 *
 * @param {NonNullable<ConnectAttachedFilesElement["resolveUser"]>} hook
 * @param {string} arn
 * @returns {Promise<string | null>}
 */
export async function user(hook, arn) {
  try {
    return (await hook(arn)) || null;
  } catch {
    return null;
  }
}
