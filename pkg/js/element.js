// @ts-check
/** @import { AddSource, ConnectAttachedFilesElement as Promised, GetHeaders, Item, Limits } from "./types.js" */
/** @import { Action, Widget } from "./connect_attached_files.js" */
import { writeAttribute } from "./dom.js";
import { watchDrags } from "./drags.js";
import { AttachedFilesError, asError } from "./errors.js";
import { guarded } from "./init.js";
import { Panel } from "./panel.js";
import { Readiness } from "./readiness.js";
import { SETTINGS, absent, read } from "./settings.js";
import { adoptSheet } from "./sheet.js";
import { States } from "./states.js";

/** Functions of the host. */
const HOOKS = ["getHeaders", "beforeAdd", "resolveUser"];
/** Properties a page may have set before the class arrived. */
const EARLY = [...SETTINGS.map(([property]) => property), ...HOOKS, "strings", "tags"];

// A server has no HTMLElement; there the class is only ever imported, never made.
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});

/** Attributes, properties and methods; the life behind them is `Panel`'s. */
class Element extends Base {
  static observedAttributes = [...SETTINGS.map(([, attribute]) => attribute), "lang"];

  static {
    for (const [property, attribute, kind] of SETTINGS) {
      define(this, property, {
        /** @this {Element} */
        get() {
          try {
            return read(this, attribute, kind);
          } catch {
            return absent(kind);
          }
        },
        /** @this {Element} */
        set(value) {
          writeAttribute(this, attribute, kind === true ? Boolean(value) : value);
        },
      });
    }
    for (const name of HOOKS) {
      define(this, name, {
        /** @this {Element} */
        get() {
          return this.#hooks[name] ?? null;
        },
        /** @this {Element} */
        set(value) {
          if ((value ?? null) !== null && typeof value !== "function") {
            throw new AttachedFilesError("invalid_argument", `${name} must be a function.`);
          }
          this.#hooks[name] = value;
          // The others are asked each time; what one user is called is asked once.
          if (name === "resolveUser") this.#panel?.extrasChanged();
        },
      });
    }
  }

  #states = new States(this);
  #ready = new Readiness();
  /** @type {ShadowRoot | null} */
  #root = null;
  /** @type {Panel | null} */
  #panel = null;
  /** @type {Record<string, any>} */
  #hooks = {};
  /** @type {Record<string, string> | null} */
  #strings = null;
  /** @type {Record<string, string>} */
  #tags = {};
  /** Files handed in while the element is on no page. @type {[File[], AddSource, Record<string, string>][]} */
  #early = [];

  get strings() {
    return this.#strings;
  }

  set strings(value) {
    this.#strings = value ? asTexts("strings", value) : null;
    this.#panel?.wordsChanged();
  }

  get tags() {
    return this.#tags;
  }

  set tags(value) {
    this.#tags = asTexts("tags", value ?? {});
    this.#panel?.settingsChanged();
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

  /**
   * @param {Iterable<File>} files
   * @param {{ tags?: Record<string, string> }} [options]
   */
  addFiles(files, options) {
    const tags = { ...this.#tags, ...asTexts("tags", options?.tags ?? {}) };
    this.#early.push([asFiles(files), "api", tags]);
    this.#handOver();
  }

  open() {
    if (!this.#panel) throw notReady("open");
    this.#panel.open();
  }

  /** @param {number} [id] */
  pause(id) {
    this.#act("pause", id);
  }

  /** @param {number} [id] */
  resume(id) {
    this.#act("resume", id);
  }

  /** @param {number} [id] */
  cancel(id) {
    this.#act("cancel", id);
  }

  /** @param {number} [id] */
  retry(id) {
    this.#act("retry", id);
  }

  /** @param {number[]} given */
  remove(...given) {
    // Every element has a remove() of its own, which takes it off the page.
    if (given.length === 0) super.remove();
    else this.#act("remove", asId(given[0]));
  }

  upload() {
    this.#act("upload");
  }

  /**
   * @param {number} id
   * @param {string} name
   */
  rename(id, name) {
    this.#call("rename", (widget) => widget.rename(asId(id), String(name)));
  }

  /** @param {number} id */
  delete(id) {
    this.#act("delete", asId(id));
  }

  /** @param {number} id */
  download(id) {
    this.#act("download", asId(id));
  }

  downloadAll() {
    this.#act("downloadAll");
  }

  /** @param {number} id */
  preview(id) {
    this.#act("preview", asId(id));
  }

  /**
   * @param {number} id
   * @returns {Promise<Blob>}
   */
  async fetch(id) {
    try {
      return await this.#call("fetch", (widget) => widget.fetch(asId(id)));
    } catch (thrown) {
      if (thrown instanceof AttachedFilesError) throw thrown;
      // The cause has the item's own code.
      throw new AttachedFilesError("not_fetched", asError(thrown).message, { cause: thrown });
    }
  }

  refresh() {
    this.#act("refresh");
  }

  connectedCallback() {
    this.#takeEarlyProperties();
    const root = this.#shadow();
    adoptSheet(root);
    // Moved within the page: the life goes on.
    if (this.#panel) return;
    this.#panel = new Panel({
      element: /** @type {any} */ (this),
      root,
      states: this.#states,
      headers: () => this.#headers(),
      emit: (type, detail) => {
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
      },
      ready: this.#ready,
    });
    this.#handOver();
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

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "lang" || name === "locale") this.#panel?.wordsChanged();
    else if (name !== "theme") this.#panel?.settingsChanged();
  }

  #handOver() {
    for (const [files, source, tags] of this.#panel ? this.#early.splice(0) : []) {
      this.#panel?.addFiles(files, [], source, tags);
    }
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
    const given = await this.#hooks.getHeaders?.();
    return Object.fromEntries(new Headers(given ?? {}));
  }

  /**
   * @param {Action} name
   * @param {number} [id] of one row; without it all that it applies to
   */
  #act(name, id) {
    this.#call(name, (widget) => widget.act(name, id === undefined ? id : asId(id)));
  }

  /**
   * @template T
   * @param {string} name
   * @param {(widget: Widget) => T} call
   */
  #call(name, call) {
    const widget = this.#panel?.widget;
    if (!widget) throw notReady(name);
    return guarded(() => call(widget));
  }
}

/**
 * `<connect-attached-files>`; the properties made above are known by the type only.
 *
 * @typedef {"endpoint" | "instanceId" | "resource" | "maxFiles" | "maxTotalBytes" | "concurrency" | "checksumTag"
 *   | "capture" | "duplicates" | "density" | "manualStart" | "readOnly" | "disabled" | "locale" | "theme"
 *   | "getHeaders" | "beforeAdd" | "resolveUser"} Made
 */
/** @template {Omit<Promised, Made>} T @typedef {T} Kept */
/** All the rest is as promised. @typedef {Kept<Element>} Checked */
export const ConnectAttachedFilesElement = /** @type {typeof Promised} */ (/** @type {unknown} */ (Element));

/**
 * @param {typeof Element} on
 * @param {string} name
 * @param {PropertyDescriptor} accessors
 */
function define(on, name, accessors) {
  Object.defineProperty(on.prototype, name, { ...accessors, configurable: true, enumerable: true });
}

/** @param {string} name */
function notReady(name) {
  const message = `${name}() came too early: wait for the element's ready promise.`;
  return new AttachedFilesError("not_ready", message);
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
 * A copy, so that later changes to the host's object do not come halfway.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {Record<string, string>}
 */
function asTexts(name, value) {
  const isObject = typeof value === "object" && value !== null;
  if (isObject && Object.values(value).every((text) => typeof text === "string")) return { ...value };
  throw new AttachedFilesError("invalid_argument", `${name} must be an object of texts.`);
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
