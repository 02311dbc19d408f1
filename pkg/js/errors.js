// @ts-check
/** @import { AttachedFilesErrorCode } from "./types.js" */

/** The one error class of this package: switch on `code`, show `message`, log `cause`. */
export class AttachedFilesError extends Error {
  /**
   * @param {AttachedFilesErrorCode} code
   * @param {string} message
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = "AttachedFilesError";
    /** @readonly */
    this.code = code;
  }
}

/**
 * Makes an error of this package out of whatever was thrown. The wasm side throws plain objects
 * `{ code, message, … }`, since it must not import classes from scripts; they stay as the `cause`.
 *
 * @param {unknown} thrown
 * @returns {AttachedFilesError}
 */
export function asError(thrown) {
  if (thrown instanceof AttachedFilesError) return thrown;
  if (isTagged(thrown)) return new AttachedFilesError(thrown.code, thrown.message, { cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AttachedFilesError("internal", message, { cause: thrown });
}

/**
 * @param {unknown} thrown
 * @returns {thrown is { code: AttachedFilesErrorCode, message: string }}
 */
function isTagged(thrown) {
  if (typeof thrown !== "object" || thrown === null || thrown instanceof Error) return false;
  return "code" in thrown && typeof thrown.code === "string"
    && "message" in thrown && typeof thrown.message === "string";
}
