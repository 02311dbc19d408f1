// @ts-check
// A look at a file in a dialog, without saving it. Loaded when the first one is asked for.

/** More of a text is not shown, bytes. */
const TEXT_SHOWN = 1024 * 1024;

/**
 * What can be shown, by extension. The type is ours and never the server's: what is shown by an address
 * has this page's origin, so nothing that could be a page of its own is among them.
 *
 * @type {Record<string, string>}
 */
const TYPES = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  jfif: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  bmp: "image/bmp",
  avif: "image/avif",
  heic: "image/heic",
  pdf: "application/pdf",
  txt: "text/plain",
  csv: "text/plain",
  json: "text/plain",
  log: "text/plain",
  wav: "audio/wav",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  ogg: "audio/ogg",
  mp4: "video/mp4",
  m4v: "video/mp4",
  // The container is the same, and browsers refuse its own name.
  mov: "video/mp4",
  webm: "video/webm",
};

/** A text is laid out in pieces of about this many characters, those out of sight not at all: a log of one
 * megabyte in one piece takes seconds. */
const PIECE = 8_192;

/** Comes with the dialog: the first load is spared its weight. */
const STYLE = `
.caf-preview{box-sizing:border-box;inline-size:min(960px,calc(100vw - 24px));max-inline-size:none;block-size:min(860px,calc(100dvh - 24px));max-block-size:none;padding:0;border:1px solid var(--_hairline,GrayText);border-radius:var(--_radius,8px);background:var(--_surface,Canvas);color:var(--_text,CanvasText);font:inherit;overflow:hidden}
.caf-preview[open]{display:flex;flex-direction:column}
.caf-preview::backdrop{background:rgb(0 0 0 / .5)}
.caf-preview-head{display:flex;flex-wrap:wrap;align-items:center;justify-content:end;gap:8px;padding:10px 14px;border-block-end:1px solid var(--_hairline,GrayText)}
.caf-preview-name{flex:1 1 160px;margin:0;font-size:1em;font-weight:600;overflow-wrap:anywhere;unicode-bidi:plaintext;text-align:start}
.caf-preview-body{flex:1;min-block-size:0;display:flex;align-items:center;justify-content:center;overflow:auto;background:var(--_sunken,Canvas)}
.caf-preview-body:focus-visible{outline:2px solid var(--_accent,Highlight);outline-offset:-2px}
.caf-preview-note{margin:0;padding:24px;text-align:center;overflow-wrap:anywhere}
.caf-preview-image,.caf-preview-film{max-inline-size:100%;max-block-size:100%;object-fit:contain}
.caf-preview-sound{inline-size:min(480px,90%)}
.caf-preview-page{inline-size:100%;block-size:100%;border:0;background:#fff}
.caf-preview-text{box-sizing:border-box;align-self:start;inline-size:100%;min-block-size:100%;margin:0;padding:14px;font:0.9em/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.caf-preview-piece{unicode-bidi:plaintext;content-visibility:auto;contain-intrinsic-block-size:auto 2000px}
@media (forced-colors:active){.caf-preview{border-color:CanvasText}}`;

/** @type {WeakMap<Document, CSSStyleSheet>} */
const sheets = new WeakMap();

/**
 * Shows a file in a modal dialog below `root` until it is closed. Nothing is fetched of a file whose type
 * cannot be shown.
 *
 * @param {Node} root
 * @param {string} name the extension says what it is
 * @param {() => Promise<Blob>} fetch gives its content
 * @param {readonly string[]} labels of "close" and "download", then the sentences for what cannot be shown, for
 *   the time of loading, and for what could not be fetched; without the last one the error's own `message`
 * @returns {Promise<"download" | undefined>} once it is closed: what the user asked for in it
 */
export async function preview(root, name, fetch, labels) {
  const view = new View(root, name, labels);
  const closed = view.open();
  await Promise.race([closed, view.show(fetch)]);
  return closed;
}

class View {
  #page;
  #root;
  #name;
  #labels;
  /** @type {HTMLDialogElement} */
  #dialog;
  /** @type {HTMLElement} */
  #body;
  /** What the browser keeps in memory until it is told otherwise. @type {string | null} */
  #address = null;
  #isOver = false;

  /**
   * @param {Node} root
   * @param {string} name
   * @param {readonly string[]} labels
   */
  constructor(root, name, labels) {
    this.#page = root.ownerDocument ?? document;
    this.#root = root;
    this.#name = name;
    this.#labels = labels;
    this.#body = this.#make("div", "body", { role: "group", "aria-label": name });
    this.#dialog = this.#make("dialog", "", {
      part: "preview",
      "aria-label": name,
      // A click beside it closes it too.
      closedby: "any",
    });
  }

  /** @returns {Promise<"download" | undefined>} settles when the dialog is closed */
  open() {
    const [close = "", download = ""] = this.#labels;
    const heading = this.#make("h2", "name", {}, this.#name);
    const head = this.#make("div", "head");
    const dialog = this.#dialog;
    const closing = this.#button(close, () => dialog.close());
    closing.autofocus = true;
    head.append(heading, this.#button(download, () => dialog.close("download")), closing);
    dialog.append(head, this.#body);
    this.#root.appendChild(dialog);
    adopt(dialog, this.#page);
    // The host's own Escape must not close more than this.
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") event.stopPropagation();
    });
    // A page whose policy forbids a frame made from memory says so by this event only.
    const refused = (/** @type {SecurityPolicyViolationEvent} */ event) => {
      if (event.disposition === "enforce" && event.blockedURI.startsWith("blob")) this.#say(2);
    };
    this.#page.addEventListener("securitypolicyviolation", refused);
    // A dialog that is taken off the page with the panel around it is told nothing.
    const watch = setInterval(() => {
      if (!dialog.isConnected) dialog.close();
    }, 1_000);
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        this.#isOver = true;
        clearInterval(watch);
        this.#page.removeEventListener("securitypolicyviolation", refused);
        this.#forget();
        dialog.remove();
        resolve(dialog.returnValue === "download" ? "download" : undefined);
      });
      dialog.showModal();
    });
  }

  /** @param {() => Promise<Blob>} fetch */
  async show(fetch) {
    const type = TYPES[/\.([^.]+)$/.exec(this.#name)?.[1]?.toLowerCase() ?? ""];
    if (!type || (type.endsWith("pdf") && navigator.pdfViewerEnabled === false)) return this.#say(2);
    this.#say(3);
    let content;
    try {
      content = await fetch();
    } catch (error) {
      return this.#say(4, error);
    }
    try {
      const shown = type === "text/plain" ? await this.#text(content) : this.#media(content, type);
      if (!this.#isOver) this.#body.replaceChildren(shown);
    } catch {
      this.#say(2);
    }
  }

  /** @param {Blob} content */
  async #text(content) {
    const bytes = await content.slice(0, TEXT_SHOWN).arrayBuffer();
    const text = decoded(new Uint8Array(bytes)) + (content.size > TEXT_SHOWN ? "\n…" : "");
    // What scrolls has to be reached by the keyboard.
    this.#body.tabIndex = 0;
    const shown = this.#make("pre", "text");
    for (const piece of pieces(text)) shown.append(this.#make("div", "piece", {}, piece));
    return shown;
  }

  /**
   * @param {Blob} content
   * @param {string} type
   */
  #media(content, type) {
    if (this.#isOver) return this.#make("span", "note");
    this.#address = URL.createObjectURL(new Blob([content], { type }));
    const media = this.#player(type);
    media.addEventListener("error", () => {
      if (media instanceof HTMLImageElement) this.#draw(content);
      else this.#say(2);
    });
    media.setAttribute("src", this.#address);
    return media;
  }

  /**
   * A page whose policy forbids images from memory still takes a drawn one.
   *
   * @param {Blob} content
   */
  async #draw(content) {
    try {
      const image = await createImageBitmap(content);
      const { width, height } = image;
      const attributes = { role: "img", "aria-label": this.#name, width: `${width}`, height: `${height}` };
      const canvas = this.#make("canvas", "image", attributes);
      canvas.getContext("2d")?.drawImage(image, 0, 0);
      image.close();
      this.#forget();
      if (!this.#isOver) this.#body.replaceChildren(canvas);
    } catch {
      this.#say(2);
    }
  }

  /** @param {string} type */
  #player(type) {
    if (type.startsWith("image/")) return this.#make("img", "image", { alt: this.#name });
    if (type.startsWith("audio/")) return this.#make("audio", "sound", { controls: "" });
    if (type.startsWith("video/")) return this.#make("video", "film", { controls: "", playsinline: "" });
    return this.#make("iframe", "page", { title: this.#name });
  }

  /**
   * @param {2 | 3 | 4} label
   * @param {unknown} [error]
   */
  #say(label, error) {
    if (this.#isOver) return;
    this.#forget();
    const message = typeof error === "object" && error && "message" in error ? `${error.message}` : "";
    const text = this.#labels[label] || message || this.#labels[2];
    const note = this.#make("p", "note", { role: label === 3 ? "status" : "alert" }, text);
    this.#body.replaceChildren(note);
  }

  #forget() {
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#address = null;
  }

  /**
   * @param {string} text
   * @param {() => void} act
   */
  #button(text, act) {
    const button = this.#make("button", "button", { type: "button" }, text);
    button.classList.add("caf-button");
    button.addEventListener("click", act);
    return button;
  }

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {string} name
   * @param {Record<string, string>} [attributes]
   * @param {string} [text]
   * @returns {HTMLElementTagNameMap[T]}
   */
  #make(tag, name, attributes = {}, text = "") {
    const element = this.#page.createElement(tag);
    element.className = name ? `caf-preview-${name}` : "caf-preview";
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  }
}

/**
 * @param {Node} inside
 * @param {Document} page
 */
function adopt(inside, page) {
  const root = /** @type {Document | ShadowRoot} */ (inside.getRootNode());
  const Sheet = page.defaultView?.CSSStyleSheet;
  if (!Sheet || !root.adoptedStyleSheets) return;
  let sheet = sheets.get(page);
  if (!sheet) {
    sheet = new Sheet();
    sheet.replaceSync(STYLE);
    sheets.set(page, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/**
 * Cut between lines where there are any.
 *
 * @param {string} text
 */
function pieces(text) {
  const found = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at + PIECE);
    const next = end >= 0 && end < at + 2 * PIECE ? end + 1 : at + 2 * PIECE;
    found.push(text.slice(at, next));
    at = next;
  }
  return found;
}

/**
 * A text whose encoding nobody has noted down: as its mark says, else UTF-8, else what Windows writes.
 *
 * @param {Uint8Array} bytes
 */
function decoded(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    // As of a stream: the last character may be cut in two.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
