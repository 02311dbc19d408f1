// @ts-check
/** @import { Dropped } from "./edge/intake.js" */
import { carriesFiles, make, writeAttribute } from "./dom.js";
import { dropped } from "./edge/intake.js";

/**
 * What stands in the element until wasm is there: a picker and a drop zone that work already, with
 * the class names of the real panel, so that nothing jumps when it takes over.
 */
export class Skeleton {
  /** @type {HTMLElement} */
  #section;
  /** @type {HTMLInputElement} */
  #input;
  /** @type {HTMLElement} */
  #zone;
  /** @type {HTMLElement} */
  #note;
  /** @type {HTMLElement} */
  #face;
  /** @type {HTMLElement} */
  #hint;
  /** @type {HTMLElement} */
  #drop;
  /** Whether the system's file dialog may be open. */
  #asking = false;

  /**
   * @param {ShadowRoot} root
   * @param {(files: File[]) => void} onPick
   * @param {(dropped: Dropped) => void} onDrop
   */
  constructor(root, onPick, onDrop) {
    const page = root.ownerDocument;
    this.#input = make(page, "input", { class: "caf-input", type: "file", multiple: "" });
    this.#face = make(page, "span", { class: "caf-button caf-button-main" });
    const pick = make(page, "label", { class: "caf-pick" }, [this.#input, this.#face]);
    this.#hint = make(page, "span", { class: "caf-hint", "aria-hidden": "true" });
    const top = make(page, "div", { class: "caf-top" }, [pick, this.#hint]);
    this.#note = make(page, "p", { class: "caf-limits", role: "status" });
    this.#drop = make(page, "div", { class: "caf-drop-now", "aria-hidden": "true" });
    this.#zone = make(page, "div", { class: "caf-dropzone" }, [top, this.#note, this.#drop]);
    this.#section = make(page, "section", { class: "caf-panel" }, [this.#zone]);
    this.#listen(onPick, onDrop);
    root.append(this.#section);
  }

  /** @param {Record<string, string>} phrases */
  label(phrases) {
    const text = (/** @type {string} */ key) => phrases[key] ?? "";
    this.#section.setAttribute("aria-label", text("title"));
    this.#face.textContent = text("choose-files");
    this.#hint.textContent = text("drop-hint");
    this.#drop.textContent = text("drop-now");
  }

  /** Opens the system's file dialog; the browser wants this to come from a click or a key. */
  open() {
    this.#input.click();
  }

  focus() {
    this.#input.focus();
  }

  /** @param {string} text */
  say(text) {
    if (this.#note.textContent !== text) this.#note.textContent = text;
  }

  /** @param {boolean} over whether files are being dragged over the element */
  dragged(over) {
    this.#zone.classList.toggle("caf-over", over && !this.#input.disabled);
  }

  /**
   * @param {boolean} isOpen false: takes no files, like the real panel where there is nothing to attach to
   * @param {string | null} capture which camera the picker is to open at once, where it has one
   */
  adjust(isOpen, capture) {
    this.#input.disabled = !isOpen;
    writeAttribute(this.#input, "capture", capture);
  }

  /**
   * Makes room for the real panel and hands the focus over to its picker.
   *
   * @param {HTMLElement} successor
   */
  giveWay(successor) {
    const root = /** @type {ShadowRoot} */ (this.#section.getRootNode());
    const hadFocus = root.activeElement === this.#input;
    if (this.#asking) this.#hide();
    else this.#section.remove();
    const input = successor.querySelector(/** @type {"input"} */ (".caf-input"));
    if (hadFocus && input) focusOnceEnabled(input);
  }

  remove() {
    this.#section.remove();
  }

  /** The browser drops the answer of a dialog whose input is gone: stays, unseen, until it is closed. */
  #hide() {
    this.#section.hidden = true;
    // The sheet gives the panel a display of its own, which wins over `hidden`.
    this.#section.style.display = "none";
    for (const end of ["change", "cancel"]) {
      this.#input.addEventListener(end, () => this.#section.remove());
    }
  }

  /**
   * @param {(files: File[]) => void} onPick
   * @param {(dropped: Dropped) => void} onDrop
   */
  #listen(onPick, onDrop) {
    const [input, zone] = [this.#input, this.#zone];
    input.addEventListener("click", () => (this.#asking = true));
    input.addEventListener("cancel", () => (this.#asking = false));
    input.addEventListener("change", () => {
      this.#asking = false;
      const files = [...(input.files ?? [])];
      // Else the same file picked again would be no change.
      input.value = "";
      onPick(files);
    });
    zone.addEventListener("dragover", (event) => {
      if (!event.dataTransfer || !carriesFiles(event) || input.disabled) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    });
    zone.addEventListener("drop", (event) => {
      if (!event.dataTransfer || !carriesFiles(event) || input.disabled) return;
      event.preventDefault();
      onDrop(dropped(event.dataTransfer));
    });
  }
}

/**
 * The real picker is enabled a few microtasks after it is drawn, and takes no focus before.
 *
 * @param {HTMLInputElement} input
 */
function focusOnceEnabled(input) {
  input.focus();
  if (!input.disabled) return;
  const watch = new MutationObserver(() => {
    watch.disconnect();
    input.focus();
  });
  watch.observe(input, { attributeFilter: ["disabled"] });
}

/**
 * What the skeleton says beside its picker.
 *
 * @param {Record<string, string>} phrases
 * @param {number} waiting files picked so far
 * @param {boolean} isInTrouble an error is shown already
 * @param {boolean} isLoaded only the case is missing
 */
export function noteText(phrases, waiting, isInTrouble, isLoaded) {
  // Without a plural: the rules of all languages are no part of the first load.
  if (waiting > 0) return phrases["files-wait"]?.replace("{count}", `${waiting}`) ?? "";
  return isInTrouble ? "" : phrases[isLoaded ? "no-resource" : "loading"] ?? "";
}
