// @ts-check
/** @import { Widget, WidgetConfig } from "./connect_attached_files.js" */
/** @import { Readiness } from "./readiness.js" */
/** @import { AttachedFilesError } from "./errors.js" */
/** @import { States } from "./states.js" */
/** @import { AddSource, ConnectAttachedFilesElement } from "./types.js" */
import { mount } from "./connect_attached_files.js";
import { Activity } from "./activity.js";
import { make } from "./dom.js";
import { asError } from "./errors.js";
import { extras, late } from "./extras.js";
import { guarded, init, watchModule } from "./init.js";
import { ENGLISH, wordsFor } from "./locale.js";
import { Outbox } from "./outbox.js";
import { Picked, sameTarget } from "./picked.js";
import { readConfig } from "./settings.js";
import { Skeleton, noteText } from "./skeleton.js";
import { showTrouble } from "./trouble.js";

/**
 * What a panel needs of its element.
 *
 * @typedef {object} Host
 * @property {ConnectAttachedFilesElement} element
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
  #words = ENGLISH;
  /** Counts the requests for words: only the latest one's answer is of use. */
  #wordsAsked = 0;
  #outbox = new Outbox((events) => this.#deliver(events));
  #isLoaded = false;
  #isChanging = false;
  #lacksCase = false;
  #isStale = false;
  #ended = false;
  /** Whether everything attached to the case is approved. */
  allApproved = false;
  #unwatch;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    this.#skeleton = new Skeleton(
      host.root,
      (files) => this.addFiles(files, [], "picker"),
      (dropped) => this.#addDropped(dropped),
    );
    this.#showWords();
    this.#adjust();
    this.#unwatch = watchModule((error) => this.#moduleChanged(error));
    // One microtask later, so that a script that imports the definition can still call init first.
    queueMicrotask(() => this.#load());
  }

  /** The widget, once it stands. */
  get widget() {
    return this.#widget;
  }

  /**
   * @param {File[]} files
   * @param {File[]} folders those among them that stand for a folder
   * @param {AddSource} source
   * @param {Record<string, string>} [tags]
   * @param {WidgetConfig | null} [meant] what they were picked for, when that was before
   */
  addFiles(files, folders, source, tags = this.#host.element.tags, meant) {
    // The case may have been changed in the same breath: these files are for the new one.
    if (this.#isChanging && this.#isLoaded) this.#apply();
    this.#picked.keep({ files, folders, source, tags, meant: meant ?? this.#wanted() });
    if (this.#config && this.#widget) this.#handOver(this.#widget, this.#config);
    else this.#showNote();
  }

  /**
   * Opening folders takes a while, in which the host may move on.
   *
   * @param {import("./edge/intake.js").Dropped} dropped
   */
  async #addDropped({ files, entries, folders, needsUnfolding }) {
    const [meant, { tags }] = [this.#wanted(), this.#host.element];
    let all = { files, folders };
    // Should what opens folders not load, they are refused for all to see.
    if (needsUnfolding) all = await late("unfold")(entries, files).catch(() => all);
    if (!this.#ended) this.addFiles(all.files.filter(isThere), all.folders.filter(isThere), "drop", tags, meant);
  }

  open() {
    const widget = this.#widget;
    if (widget) guarded(() => widget.act("open"));
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
      this.#adjust();
    });
  }

  /** The widget has to look again at what its extras say. */
  extrasChanged() {
    this.#isStale = true;
    this.settingsChanged();
  }

  /** The language, or the host's own texts, may be others now. */
  async wordsChanged() {
    const asked = ++this.#wordsAsked;
    const words = await wordsFor(this.#host.element);
    if (this.#ended || asked !== this.#wordsAsked) return;
    this.#words = words;
    try {
      this.#showWords();
    } catch (thrown) {
      this.#fail(asError(thrown));
    }
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
    const words = this.wordsChanged();
    const error = await init().then(() => null, asError);
    // Fetched together, so that widget or error speak the right language from the start.
    await words;
    if (this.#ended || this.#isLoaded) return;
    if (error) return this.#loadFailed(error);
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
      const config = this.#read();
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
      const further = extras(this.#host.element, () => this.#words.phrases);
      const { texts, tag } = this.#words;
      this.#widget = guarded(() => mount(container, config, headers, told, further, texts, tag));
    } catch (thrown) {
      container.remove();
      throw thrown;
    }
    this.#container = container;
    this.#config = config;
    this.#isStale = false;
    this.#clearTrouble();
    this.#skeleton.giveWay(container);
    this.#handOver(this.#widget, config);
    this.#showStates();
    ready.resolve();
  }

  #waitForCase() {
    this.#lacksCase = true;
    this.#clearTrouble();
    this.#adjust();
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
    } else if (this.#isStale || JSON.stringify(config) !== JSON.stringify(before)) {
      guarded(() => widget.configure(config));
    }
    this.#isStale = false;
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
    for (const { files, folders, source, tags, meant } of this.#picked.takeAll()) {
      const target = meant && !sameTarget(meant, config) ? meant : config;
      if (target !== current) guarded(() => widget.configure(target));
      current = target;
      guarded(() => widget.addFiles(files, folders, source, tags));
    }
    if (current !== config) guarded(() => widget.configure(config));
  }

  /** @returns {WidgetConfig | null} the configuration files picked now are meant for */
  #wanted() {
    try {
      return this.#read();
    } catch {
      return null;
    }
  }

  #read() {
    const { element } = this.#host;
    return readConfig(element, element.tags);
  }

  /** Brings the skeleton in line with the attributes. */
  #adjust() {
    const { disabled, readOnly, capture } = this.#host.element;
    this.#skeleton.adjust(!disabled && !readOnly && !this.#lacksCase, capture);
  }

  #showWords() {
    const { phrases, tag, texts } = this.#words;
    const widget = this.#widget;
    if (widget) guarded(() => widget.setWords(texts, tag));
    this.#skeleton.label(phrases);
    this.#showNote();
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
    const { phrases } = this.#words;
    const message = phrases[`late-${error.code}`] ?? error.message;
    this.#trouble = showTrouble(this.#host.root, message, phrases["try-again"] ?? "", again);
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
    this.#skeleton.say(noteText(this.#words.phrases, this.#picked.count, this.#trouble !== null, this.#isLoaded));
  }

  #showStates() {
    const { states } = this.#host;
    states.toggle("busy", this.#activity.isBusy);
    states.toggle("error", this.#trouble !== null || this.#activity.hasErrors);
    states.toggle("ready", this.#widget !== null && this.#trouble === null);
  }
}

/**
 * @param {File | null} file
 * @returns {file is File}
 */
function isThere(file) {
  return file !== null;
}
