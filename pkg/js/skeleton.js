// @ts-check
import { carriesFiles, make } from "./dom.js";
import { dropped } from "./picked.js";

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
  /** Whether the system's file dialog may be open. */
  #asking = false;

  /**
   * @param {ShadowRoot} root
   * @param {(files: File[], folders?: File[]) => void} onFiles
   */
  constructor(root, onFiles) {
    const page = root.ownerDocument;
    this.#input = make(page, "input", { class: "caf-input", type: "file", multiple: "" });
    const face = make(page, "span", { class: "caf-button caf-button-main" }, ["Choose files"]);
    const pick = make(page, "label", { class: "caf-pick" }, [this.#input, face]);
    const hint = make(page, "span", { class: "caf-hint", "aria-hidden": "true" }, ["or drop them here"]);
    const top = make(page, "div", { class: "caf-top" }, [pick, hint]);
    this.#note = make(page, "p", { class: "caf-limits", role: "status" });
    const drop = make(page, "div", { class: "caf-drop-now", "aria-hidden": "true" }, ["Drop to attach"]);
    this.#zone = make(page, "div", { class: "caf-dropzone" }, [top, this.#note, drop]);
    const names = { class: "caf-panel", "aria-label": "Attached files" };
    this.#section = make(page, "section", names, [this.#zone]);
    this.#listen(onFiles);
    root.append(this.#section);
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

  /** Nothing to attach to: like the real panel, takes no files then. */
  disable() {
    this.#input.disabled = true;
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

  /** @param {(files: File[], folders?: File[]) => void} onFiles */
  #listen(onFiles) {
    const [input, zone] = [this.#input, this.#zone];
    input.addEventListener("click", () => (this.#asking = true));
    input.addEventListener("cancel", () => (this.#asking = false));
    input.addEventListener("change", () => {
      this.#asking = false;
      const files = [...(input.files ?? [])];
      // Else the same file picked again would be no change.
      input.value = "";
      onFiles(files);
    });
    zone.addEventListener("dragover", (event) => {
      if (!event.dataTransfer || !carriesFiles(event) || input.disabled) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    });
    zone.addEventListener("drop", (event) => {
      if (!event.dataTransfer || !carriesFiles(event) || input.disabled) return;
      event.preventDefault();
      const { files, folders } = dropped(event.dataTransfer);
      onFiles(files, folders);
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
 * @param {number} waiting files picked so far
 * @param {boolean} isInTrouble an error is shown already
 * @param {boolean} isLoaded only the case is missing
 */
export function noteText(waiting, isInTrouble, isLoaded) {
  if (waiting === 1) return "1 file waits until the panel is ready.";
  if (waiting > 1) return `${waiting} files wait until the panel is ready.`;
  if (isInTrouble) return "";
  return isLoaded ? "Open a case to attach files to it." : "Loading…";
}
