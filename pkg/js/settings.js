// @ts-check
/** @import { WidgetConfig } from "./connect_attached_files.js" */
import { AttachedFilesError } from "./errors.js";

/** Attributes that make up the configuration. */
export const ATTRIBUTES = ["endpoint", "instance-id", "resource", "max-files", "concurrency", "checksum-tag"];

/**
 * Reads the configuration off the attributes.
 *
 * @param {HTMLElement} element
 * @returns {WidgetConfig | null} null while endpoint, instance or resource are not all set
 * @throws {AttachedFilesError} `invalid_config`
 */
export function readConfig(element) {
  const text = (/** @type {string} */ name) => element.getAttribute(name)?.trim() ?? "";
  const config = {
    endpoint: text("endpoint"),
    instanceId: text("instance-id"),
    resource: text("resource"),
    maxFiles: readCount(element, "max-files") ?? undefined,
    concurrency: readCount(element, "concurrency") ?? undefined,
    checksumTag: text("checksum-tag") || undefined,
  };
  const { endpoint, instanceId, resource } = config;
  return endpoint && instanceId && resource ? config : null;
}

/**
 * @param {HTMLElement} element
 * @param {"max-files" | "concurrency"} name
 * @returns {number | null} null when the attribute is absent
 * @throws {AttachedFilesError} `invalid_config`
 */
export function readCount(element, name) {
  const text = element.getAttribute(name);
  if (text === null || text.trim() === "") return null;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  const message = `${name} must be a whole number of 1 or more, not "${text}".`;
  throw new AttachedFilesError("invalid_config", message);
}

/**
 * Sets an attribute, or takes it away for null and undefined.
 *
 * @param {HTMLElement} element
 * @param {string} name
 * @param {unknown} value
 */
export function writeAttribute(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}
