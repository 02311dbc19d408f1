// @ts-check
/** @import { GetHeaders, Item, Limits } from "./types.js" */
/** @import { Widget } from "./connect_attached_files.js" */
import { watchDrags } from "./drags.js";
import { AttachedFilesError } from "./errors.js";
import { guarded } from "./init.js";
import { Panel } from "./panel.js";
import { Readiness } from "./readiness.js";
import { ATTRIBUTES, readCount, writeAttribute } from "./settings.js";
import { adoptSheet } from "./sheet.js";
import { States } from "./states.js";

/** Properties a page may have set before the class arrived. */
const EARLY = ["endpoint", "instanceId", "resource", "maxFiles", "concurrency", "checksumTag", "getHeaders"];

// A server has no HTMLElement; there the class is only ever imported, never made.
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});

/** `<connect-attached-files>`: attributes, properties and methods; the life behind them is `Panel`'s. */
export class ConnectAttachedFilesElement extends Base {
  static observedAttributes = ATTRIBUTES;

  #states = new States(this);
  #ready = new Readiness();
  /** @type {ShadowRoot | null} */
  #root = null;
  /** @type {Panel | null} */
  #panel = null;
  /** @type {GetHeaders | null} */
  #getHeaders = null;
  /** Files handed in while the element is on no page. @type {File[]} */
  #early = [];

  get endpoint() {
    return this.getAttribute("endpoint") ?? "";
  }

  set endpoint(value) {
    writeAttribute(this, "endpoint", value);
  }

  get instanceId() {
    return this.getAttribute("instance-id") ?? "";
  }

  set instanceId(value) {
    writeAttribute(this, "instance-id", value);
  }

  get resource() {
    return this.getAttribute("resource") ?? "";
  }

  set resource(value) {
    writeAttribute(this, "resource", value);
  }

  get maxFiles() {
    return countOrNull(this, "max-files");
  }

  set maxFiles(value) {
    writeAttribute(this, "max-files", value);
  }

  get concurrency() {
    return countOrNull(this, "concurrency");
  }

  set concurrency(value) {
    writeAttribute(this, "concurrency", value);
  }

  get checksumTag() {
    return this.getAttribute("checksum-tag");
  }

  set checksumTag(value) {
    writeAttribute(this, "checksum-tag", value);
  }

  get getHeaders() {
    return this.#getHeaders;
  }

  set getHeaders(value) {
    if (value !== null && value !== undefined && typeof value !== "function") {
      throw new AttachedFilesError("invalid_argument", "getHeaders must be a function.");
    }
    this.#getHeaders = value ?? null;
  }

  /** @returns {Item[]} */
  get items() {
    const widget = this.#panel?.widget;
    return widget ? guarded(() => widget.items()) : [];
  }

  /** @returns {Limits | null} */
  get limits() {
    const widget = this.#panel?.widget;
    return widget ? guarded(() => widget.limits()) : null;
  }

  get allApproved() {
    return this.#panel?.allApproved ?? false;
  }

  get ready() {
    return this.#ready.promise;
  }

  /** @param {Iterable<File>} files */
  addFiles(files) {
    const list = asFiles(files);
    if (this.#panel) this.#panel.addFiles(list);
    else this.#early.push(...list);
  }

  open() {
    if (!this.#panel) throw notReady("open");
    this.#panel.open();
  }

  /** @param {number} [id] */
  pause(id) {
    this.#call("pause", (widget) => widget.pause(id === undefined ? id : asId(id)));
  }

  /** @param {number} [id] */
  resume(id) {
    this.#call("resume", (widget) => widget.resume(id === undefined ? id : asId(id)));
  }

  /** @param {number} [id] */
  cancel(id) {
    this.#call("cancel", (widget) => widget.cancel(id === undefined ? id : asId(id)));
  }

  /** @param {number} [id] */
  retry(id) {
    this.#call("retry", (widget) => widget.retry(id === undefined ? id : asId(id)));
  }

  /** @param {number[]} given */
  remove(...given) {
    // Every element has a remove() of its own, which takes it off the page.
    if (given.length === 0) super.remove();
    else this.#call("remove", (widget) => widget.remove(asId(given[0])));
  }

  /** @param {number} id */
  delete(id) {
    this.#call("delete", (widget) => widget.delete(asId(id)));
  }

  /** @param {number} id */
  download(id) {
    this.#call("download", (widget) => widget.download(asId(id)));
  }

  refresh() {
    this.#call("refresh", (widget) => widget.refresh());
  }

  connectedCallback() {
    this.#takeEarlyProperties();
    const root = this.#shadow();
    adoptSheet(root);
    // Moved within the page: the life goes on.
    if (this.#panel) return;
    this.#panel = new Panel({
      element: this,
      root,
      states: this.#states,
      headers: () => this.#headers(),
      emit: (type, detail) => {
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
      },
      ready: this.#ready,
    });
    if (this.#early.length > 0) this.#panel.addFiles(this.#early.splice(0));
  }

  disconnectedCallback() {
    // A host that moves the element takes it out and puts it in again: only what is still out is over.
    queueMicrotask(() => {
      if (this.isConnected || !this.#panel) return;
      this.#panel.end();
      this.#panel = null;
      this.#ready.begin();
    });
  }

  /** Being there is enough: with it, `moveBefore` neither disconnects nor connects. */
  connectedMoveCallback() {}

  adoptedCallback() {
    if (this.#root) adoptSheet(this.#root);
  }

  attributeChangedCallback() {
    this.#panel?.settingsChanged();
  }

  #shadow() {
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: "open", delegatesFocus: true });
      watchDrags(this.#root, (over) => this.#panel?.dragged(over));
    }
    return this.#root;
  }

  /** An own property set before the class arrived hides the accessor: set it again the right way. */
  #takeEarlyProperties() {
    /** @type {Record<string, any>} */
    const self = this;
    for (const name of EARLY) {
      if (!Object.hasOwn(self, name)) continue;
      const value = self[name];
      delete self[name];
      self[name] = value;
    }
  }

  /** @returns {Promise<Record<string, string>>} */
  async #headers() {
    const given = await this.#getHeaders?.();
    return Object.fromEntries(new Headers(given ?? {}));
  }

  /**
   * @param {string} name
   * @param {(widget: Widget) => void} call
   */
  #call(name, call) {
    const widget = this.#panel?.widget;
    if (!widget) throw notReady(name);
    guarded(() => call(widget));
  }
}

/** @param {string} name */
function notReady(name) {
  const message = `${name}() came too early: wait for the element's ready promise.`;
  return new AttachedFilesError("not_ready", message);
}

/**
 * @param {HTMLElement} element
 * @param {"max-files" | "concurrency"} name
 */
function countOrNull(element, name) {
  try {
    return readCount(element, name);
  } catch {
    return null;
  }
}

/**
 * A missing id means all files, so one that is missing by mistake must not pass.
 *
 * @param {unknown} id
 */
function asId(id) {
  if (typeof id === "number") return id;
  throw new AttachedFilesError("invalid_argument", `An id is the number of a row, not ${String(id)}.`);
}

/**
 * @param {unknown} files
 * @returns {File[]}
 */
function asFiles(files) {
  const list = isIterable(files) ? [...files] : [null];
  if (list.every(isFile)) return list;
  throw new AttachedFilesError("invalid_argument", "addFiles takes a list of File objects.");
}

/**
 * @param {unknown} value
 * @returns {value is Iterable<unknown>}
 */
function isIterable(value) {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/**
 * By its brand, not its class: a file may come from another frame.
 *
 * @param {unknown} value
 * @returns {value is File}
 */
function isFile(value) {
  return Object.prototype.toString.call(value) === "[object File]";
}
