// @ts-check
import { carriesFiles, make } from "./dom.js";

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
  #note;
  /** Whether the system's file dialog may be open. */
  #asking = false;

  /**
   * @param {ShadowRoot} root
   * @param {(files: File[]) => void} onFiles
   */
  constructor(root, onFiles) {
    const page = root.ownerDocument;
    this.#input = make(page, "input", { class: "caf-input", type: "file", multiple: "" });
    const pick = make(page, "label", { class: "caf-pick" }, [this.#input, "Choose files"]);
    const hint = make(page, "p", { class: "caf-hint" }, ["or drop them here"]);
    const zone = make(page, "div", { class: "caf-dropzone" }, [pick, hint]);
    this.#note = make(page, "p", { class: "caf-hint", role: "status" });
    const names = { class: "caf-panel", role: "region", "aria-label": "Attachments" };
    this.#section = make(page, "section", names, [zone, this.#note]);
    this.#listen(zone, onFiles);
    root.append(this.#section);
  }

  /** Opens the system's file dialog; the browser wants this to come from a click or a key. */
  open() {
    this.#input.click();
  }

  focus() {
    this.#input.focus();
  }

  /** @param {number} count files that wait for the panel */
  showWaiting(count) {
    const files = count === 1 ? "1 file waits" : `${count} files wait`;
    this.#note.textContent = count === 0 ? "" : `${files} until the panel is ready.`;
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
    if (hadFocus) successor.querySelector(/** @type {"input"} */ (".caf-input"))?.focus();
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
   * @param {HTMLElement} zone
   * @param {(files: File[]) => void} onFiles
   */
  #listen(zone, onFiles) {
    const input = this.#input;
    input.addEventListener("click", () => (this.#asking = true));
    input.addEventListener("cancel", () => (this.#asking = false));
    input.addEventListener("change", () => {
      this.#asking = false;
      const files = [...(input.files ?? [])];
      // Else the same file picked again would be no change.
      input.value = "";
      onFiles(files);
    });
    this.#section.addEventListener("dragover", (event) => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      zone.classList.add("caf-dragover");
    });
    this.#section.addEventListener("dragleave", () => zone.classList.remove("caf-dragover"));
    this.#section.addEventListener("drop", (event) => {
      zone.classList.remove("caf-dragover");
      if (!carriesFiles(event)) return;
      event.preventDefault();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    });
  }
}
