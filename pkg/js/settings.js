// @ts-check
/** @import { WidgetConfig } from "./connect_attached_files.js" */
import { AttachedFilesError } from "./errors.js";

/**
 * What an attribute may hold: "" text, null text or nothing, 1 a count or nothing, true is there or not, a
 * list one of these, the first when it is absent.
 *
 * @typedef {"" | null | 1 | true | readonly string[]} Kind
 */
/** @typedef {readonly [property: string, attribute: string, kind: Kind]} Setting */

/** What the widget is told. @type {readonly Setting[]} */
const CONFIG = [
  ["endpoint", "endpoint", ""],
  ["instanceId", "instance-id", ""],
  ["resource", "resource", ""],
  ["maxFiles", "max-files", 1],
  ["maxTotalBytes", "max-total-bytes", 1],
  ["concurrency", "concurrency", 1],
  ["checksumTag", "checksum-tag", null],
  ["capture", "capture", null],
  ["duplicates", "duplicates", ["allow", "skip", "rename"]],
  ["density", "density", ["comfortable", "dense"]],
  ["manualStart", "manual-start", true],
  ["readOnly", "readonly", true],
  ["disabled", "disabled", true],
];

/** Every property that is an attribute. @type {readonly Setting[]} */
export const SETTINGS = [...CONFIG, ["locale", "locale", null], ["theme", "theme", null]];

/**
 * Reads the configuration off the attributes.
 *
 * @param {HTMLElement} element
 * @param {Record<string, string>} tags
 * @returns {WidgetConfig | null} null while endpoint, instance or resource are not all set
 * @throws {AttachedFilesError} `invalid_config`
 */
export function readConfig(element, tags) {
  /** @type {any} */
  const config = { tags };
  for (const [property, attribute, kind] of CONFIG) {
    const value = read(element, attribute, kind) ?? undefined;
    config[property] = typeof value === "string" ? value.trim() : value;
  }
  return config.endpoint && config.instanceId && config.resource ? config : null;
}

/**
 * @param {HTMLElement} element
 * @param {string} attribute
 * @param {Kind} kind
 * @throws {AttachedFilesError} `invalid_config`
 */
export function read(element, attribute, kind) {
  const text = element.getAttribute(attribute);
  if (kind === true) return text !== null;
  if (!kind) return text ?? kind;
  if (!text?.trim()) return absent(kind);
  const count = Number(text);
  if (kind === 1 && Number.isSafeInteger(count) && count > 0) return count;
  if (kind !== 1 && kind.includes(text)) return text;
  const must = kind === 1 ? "a whole number of 1 or more" : `one of ${kind.join(", ")}`;
  throw new AttachedFilesError("invalid_config", `${attribute} must be ${must}, not "${text}".`);
}

/** What stands for an attribute that is absent or unusable. @param {Kind} kind */
export function absent(kind) {
  return Array.isArray(kind) ? kind[0] : null;
}
