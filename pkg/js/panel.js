// @ts-check
/** @import { Widget, WidgetConfig } from "./connect_attached_files.js" */
/** @import { Readiness } from "./readiness.js" */
/** @import { AttachedFilesError } from "./errors.js" */
/** @import { States } from "./states.js" */
import { mount } from "./connect_attached_files.js";
import { Activity } from "./activity.js";
import { make } from "./dom.js";
import { asError } from "./errors.js";
import { guarded, init, onStop, stop } from "./init.js";
import { Picked, sameTarget } from "./picked.js";
import { readConfig } from "./settings.js";
import { Skeleton } from "./skeleton.js";
import { showTrouble } from "./trouble.js";

/**
 * What a panel needs of its element.
 *
 * @typedef {object} Host
 * @property {HTMLElement} element
 * @property {ShadowRoot} root
 * @property {States} states
 * @property {() => Promise<Record<string, string>>} headers
 * @property {(type: string, detail: any) => void} emit
 * @property {Readiness} ready
 */

/**
 * The element's life from one connect to the next disconnect: skeleton, loading, widget, end.
 * Whatever answers after the end finds `#ended` set and changes nothing.
 */
export class Panel {
  /** @type {Host} */
  #host;
  /** @type {Skeleton} */
  #skeleton;
  #picked = new Picked();
  #activity = new Activity();
  /** @type {Widget | null} */
  #widget = null;
  /** @type {HTMLElement | null} */
  #container = null;
  /** What the widget was last told. @type {WidgetConfig | null} */
  #config = null;
  /** @type {HTMLElement | null} */
  #trouble = null;
  /** @type {[type: string, detail: any][]} */
  #outbox = [];
  #isLoaded = false;
  #isChanging = false;
  #ended = false;
  #unwatch;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    this.#skeleton = new Skeleton(host.root, (files) => this.addFiles(files));
    this.#unwatch = onStop((error) => this.#fail(error));
    // One microtask later, so that a script that imports the definition can still call init first.
    queueMicrotask(() => this.#load());
  }

  /** The widget, once it stands. */
  get widget() {
    return this.#widget;
  }

  /** @param {File[]} files */
  addFiles(files) {
    const widget = this.#config && this.#widget;
    if (widget) {
      guarded(() => widget.addFiles(files));
      return;
    }
    this.#picked.keep(files, this.#wanted());
    this.#skeleton.showWaiting(this.#picked.count);
  }

  open() {
    const widget = this.#widget;
    if (widget) guarded(() => widget.open());
    else this.#skeleton.open();
  }

  /** The attributes have changed; several changes in a row are taken over at once. */
  settingsChanged() {
    if (this.#isChanging) return;
    this.#isChanging = true;
    queueMicrotask(() => {
      this.#isChanging = false;
      if (this.#isLoaded && !this.#ended) this.#apply();
    });
  }

  /**
   * A row was taken off the list, of which there is no event.
   *
   * @param {number} id
   */
  rowRemoved(id) {
    this.#activity.note(id, null);
    this.#showStates();
  }

  end() {
    this.#flush();
    this.#ended = true;
    this.#unwatch();
    try {
      this.#widget?.free();
    } catch {
      // The module broke off earlier: what it held cannot be given back.
    }
    this.#widget = null;
    this.#container?.remove();
    this.#skeleton.remove();
    this.#trouble?.remove();
    this.#trouble = null;
    this.#activity.clear();
    this.#showStates();
  }

  async #load() {
    try {
      await init();
    } catch (error) {
      if (!this.#ended) this.#fail(asError(error), () => this.#tryAgain());
      return;
    }
    if (this.#ended) return;
    this.#isLoaded = true;
    this.#apply();
  }

  #tryAgain() {
    this.#host.ready.begin();
    this.#clearTrouble();
    this.#skeleton.focus();
    this.#load();
  }

  /** Brings the widget in line with the attributes. */
  #apply() {
    try {
      const config = readConfig(this.#host.element);
      if (this.#widget) this.#configure(this.#widget, config);
      else if (config) this.#mount(config);
      else this.#clearTrouble();
    } catch (thrown) {
      this.#picked.forgetMeant();
      this.#fail(asError(thrown));
    }
  }

  /** @param {WidgetConfig} config */
  #mount(config) {
    const { root, headers, ready } = this.#host;
    const container = make(root.ownerDocument, "div", { class: "caf-root" });
    root.append(container);
    try {
      const told = (/** @type {string} */ type, /** @type {any} */ detail) => this.#told(type, detail);
      this.#widget = guarded(() => mount(container, config, headers, told));
    } catch (thrown) {
      container.remove();
      throw thrown;
    }
    this.#container = container;
    this.#config = config;
    this.#clearTrouble();
    this.#skeleton.giveWay(container);
    this.#handOver(this.#widget, config);
    this.#showStates();
    ready.resolve();
  }

  /**
   * @param {Widget} widget
   * @param {WidgetConfig | null} config
   */
  #configure(widget, config) {
    // Without a case nothing may be picked: it would land on the former one.
    this.#container?.toggleAttribute("inert", config === null);
    if (!config) {
      this.#config = null;
      return;
    }
    if (JSON.stringify(config) !== JSON.stringify(this.#config)) {
      this.#config = null;
      guarded(() => widget.configure(config));
    }
    this.#config = config;
    this.#clearTrouble();
    this.#handOver(widget, config);
  }

  /**
   * Files go to the case that was set when they were picked, even when the host has moved on meanwhile.
   *
   * @param {Widget} widget
   * @param {WidgetConfig} config
   */
  #handOver(widget, config) {
    let current = config;
    for (const { files, meant } of this.#picked.takeAll()) {
      const target = meant ?? config;
      if (!sameTarget(current, target)) guarded(() => widget.configure(target));
      current = target;
      guarded(() => widget.addFiles(files));
    }
    if (current !== config) guarded(() => widget.configure(config));
    this.#skeleton.showWaiting(0);
  }

  /** @returns {WidgetConfig | null} the configuration files picked now are meant for */
  #wanted() {
    try {
      return readConfig(this.#host.element);
    } catch {
      return null;
    }
  }

  /**
   * Events leave one microtask later: a listener may call back into the widget, which must not be
   * in the middle of something then.
   *
   * @param {string} type
   * @param {any} detail
   */
  #told(type, detail) {
    if (this.#ended) return;
    if (type === "panic") {
      stop(detail);
      return;
    }
    this.#outbox.push([type, detail]);
    if (this.#outbox.length === 1) queueMicrotask(() => this.#flush());
  }

  #flush() {
    const events = this.#outbox;
    this.#outbox = [];
    for (const [, detail] of events) {
      if (typeof detail?.id === "number") this.#activity.note(detail.id, detail.phase);
    }
    if (events.length > 0) this.#showStates();
    for (const [type, detail] of events) this.#host.emit(type, detail);
  }

  /**
   * @param {AttachedFilesError} error
   * @param {() => void} [again]
   */
  #fail(error, again) {
    this.#clearTrouble();
    this.#trouble = showTrouble(this.#host.root, error, again);
    this.#container?.toggleAttribute("inert", true);
    this.#showStates();
    this.#host.ready.reject(error);
  }

  #clearTrouble() {
    this.#trouble?.remove();
    this.#trouble = null;
    this.#showStates();
  }

  #showStates() {
    const { states } = this.#host;
    states.toggle("busy", this.#activity.isBusy);
    states.toggle("error", this.#trouble !== null || this.#activity.hasErrors);
    states.toggle("ready", this.#widget !== null && this.#trouble === null);
  }
}
