// @ts-check
/** @import { Widget, WidgetConfig } from "./connect_attached_files.js" */
/** @import { Readiness } from "./readiness.js" */
/** @import { AttachedFilesError } from "./errors.js" */
/** @import { States } from "./states.js" */
import { mount } from "./connect_attached_files.js";
import { Activity } from "./activity.js";
import { make } from "./dom.js";
import { asError } from "./errors.js";
import { guarded, init, watchModule } from "./init.js";
import { Outbox } from "./outbox.js";
import { Picked, sameTarget } from "./picked.js";
import { readConfig } from "./settings.js";
import { Skeleton, noteText } from "./skeleton.js";
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
  /** What the widget was last told, null while there is no case. @type {WidgetConfig | null} */
  #config = null;
  /** @type {HTMLElement | null} */
  #trouble = null;
  #outbox = new Outbox((events) => this.#deliver(events));
  #isLoaded = false;
  #isChanging = false;
  #ended = false;
  /** Whether everything attached to the case is approved. */
  allApproved = false;
  #unwatch;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    this.#skeleton = new Skeleton(host.root, (files) => this.addFiles(files));
    this.#showNote();
    this.#unwatch = watchModule((error) => this.#moduleChanged(error));
    // One microtask later, so that a script that imports the definition can still call init first.
    queueMicrotask(() => this.#load());
  }

  /** The widget, once it stands. */
  get widget() {
    return this.#widget;
  }

  /** @param {File[]} files */
  addFiles(files) {
    // The case may have been changed in the same breath: these files are for the new one.
    if (this.#isChanging && this.#isLoaded) this.#apply();
    const widget = this.#config && this.#widget;
    if (widget) {
      guarded(() => widget.addFiles(files));
      return;
    }
    this.#picked.keep(files, this.#wanted());
    this.#showNote();
  }

  open() {
    const widget = this.#widget;
    if (widget) guarded(() => widget.open());
    else this.#skeleton.open();
  }

  /** @param {boolean} over whether files are being dragged over the element */
  dragged(over) {
    this.#host.states.toggle("dragover", over);
    this.#skeleton.dragged(over);
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

  end() {
    this.#outbox.flush();
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
    this.#host.states.toggle("dragover", false);
    this.#showStates();
  }

  async #load() {
    try {
      await init();
    } catch (error) {
      if (!this.#ended) this.#loadFailed(asError(error));
      return;
    }
    if (this.#ended || this.#isLoaded) return;
    this.#isLoaded = true;
    this.#apply();
  }

  /** @param {AttachedFilesError} error */
  #loadFailed(error) {
    const mayHelp = error.code === "load_failed" || error.code === "compile_failed";
    this.#fail(error, mayHelp ? () => this.#tryAgain() : undefined);
  }

  #tryAgain() {
    this.#host.ready.begin();
    this.#clearTrouble();
    this.#skeleton.focus();
    this.#load();
  }

  /** @param {AttachedFilesError | null} error null: another element has got the module loaded */
  #moduleChanged(error) {
    if (error) this.#fail(error);
    else if (this.#trouble && !this.#isLoaded) this.#load();
  }

  /** Brings the widget in line with the attributes. */
  #apply() {
    try {
      const config = readConfig(this.#host.element);
      if (this.#widget) this.#configure(this.#widget, config);
      else if (config) this.#mount(config);
      else this.#waitForCase();
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
      const told = (/** @type {string} */ type, /** @type {unknown} */ detail) => {
        if (!this.#ended) this.#outbox.put(type, detail);
      };
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

  #waitForCase() {
    this.#clearTrouble();
    this.#skeleton.disable();
  }

  /**
   * @param {Widget} widget
   * @param {WidgetConfig | null} config null: there is no case now, so nothing may be picked
   */
  #configure(widget, config) {
    const before = this.#config;
    this.#config = null;
    if (!config) {
      if (before) guarded(() => widget.configure({ ...before, resource: "" }));
    } else if (JSON.stringify(config) !== JSON.stringify(before)) {
      guarded(() => widget.configure(config));
    }
    this.#config = config;
    this.#clearTrouble();
    if (config) this.#handOver(widget, config);
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
      const target = meant && !sameTarget(meant, config) ? meant : config;
      if (target !== current) guarded(() => widget.configure(target));
      current = target;
      guarded(() => widget.addFiles(files));
    }
    if (current !== config) guarded(() => widget.configure(config));
  }

  /** @returns {WidgetConfig | null} the configuration files picked now are meant for */
  #wanted() {
    try {
      return readConfig(this.#host.element);
    } catch {
      return null;
    }
  }

  /** @param {import("./outbox.js").Told[]} events */
  #deliver(events) {
    for (const [type, detail] of events) {
      if (type === "approval-change") this.allApproved = detail.allApproved;
      if (typeof detail?.id !== "number") continue;
      this.#activity.note(detail.id, type === "row-gone" ? null : detail.phase);
    }
    this.#showStates();
    for (const [type, detail] of events) {
      if (type !== "row-gone") this.#host.emit(type, detail);
    }
  }

  /**
   * @param {AttachedFilesError} error
   * @param {() => void} [again]
   */
  #fail(error, again) {
    this.#clearTrouble();
    this.#trouble = showTrouble(this.#host.root, error, again);
    this.#container?.toggleAttribute("inert", true);
    this.#showNote();
    this.#showStates();
    this.#host.ready.reject(error);
  }

  #clearTrouble() {
    this.#trouble?.remove();
    this.#trouble = null;
    this.#container?.toggleAttribute("inert", false);
    this.#showNote();
    this.#showStates();
  }

  #showNote() {
    this.#skeleton.say(noteText(this.#picked.count, this.#trouble !== null, this.#isLoaded));
  }

  #showStates() {
    const { states } = this.#host;
    states.toggle("busy", this.#activity.isBusy);
    states.toggle("error", this.#trouble !== null || this.#activity.hasErrors);
    states.toggle("ready", this.#widget !== null && this.#trouble === null);
  }
}
