// As much of a page as the element's life touches. What needs a real one is tested in a browser.

class Node extends EventTarget {
  parent = null;
  children = [];
  attributes = new Map();
  textContent = "";
  style = {};

  constructor(tag) {
    super();
    this.tag = tag;
  }

  get ownerDocument() {
    return page;
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
    this.#tell(name);
  }

  removeAttribute(name) {
    this.attributes.delete(name);
    this.#tell(name);
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  toggleAttribute(name, on) {
    if (on) this.attributes.set(name, "");
    else this.attributes.delete(name);
    this.#tell(name);
  }

  closest(selector) {
    const name = selector.slice(1, -1);
    for (let at = this; at; at = at.parent) {
      if (at.attributes.has(name)) return at;
    }
    return null;
  }

  append(...children) {
    for (const child of children) {
      if (typeof child === "string") this.textContent += child;
      else {
        child.parent = this;
        this.children.push(child);
      }
    }
  }

  remove() {
    if (!this.parent) return;
    this.parent.children = this.parent.children.filter((child) => child !== this);
    this.parent = null;
  }

  getRootNode() {
    return this.parent ? this.parent.getRootNode() : this;
  }

  querySelector() {
    return null;
  }

  focus() {}

  get text() {
    return this.textContent + this.children.map((child) => child.text).join(" ");
  }

  find(tag) {
    for (const child of this.children) {
      const found = child.tag === tag ? child : child.find(tag);
      if (found) return found;
    }
    return null;
  }

  #tell(name) {
    if (this.constructor.observedAttributes?.includes(name)) this.attributeChangedCallback?.(name);
  }
}

class Element extends Node {
  isConnected = false;

  constructor() {
    super("connect-attached-files");
  }

  attachInternals() {
    this.states = new Set();
    return { states: this.states };
  }

  attachShadow() {
    this.shadow = new Node("#shadow");
    return this.shadow;
  }
}

const page = { createElement: (tag) => new Node(tag), defaultView: null };

/** Makes the globals the scripts expect of a browser. */
export function install() {
  globalThis.HTMLElement = Element;
  globalThis.Document = class {
    adoptedStyleSheets = [];
  };
  globalThis.Document.prototype.adoptedStyleSheets = [];
  globalThis.addEventListener ??= () => {};
}

/** Puts the element on the page. */
export function connect(element) {
  element.isConnected = true;
  element.connectedCallback();
}

/** Takes it off the page. */
export function disconnect(element) {
  element.isConnected = false;
  element.disconnectedCallback();
}

/** All microtasks that are due, and those they make. */
export function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A file as the scripts recognise one. */
export function file(name) {
  return new File(["x"], name);
}

/** Waits for what only files and timers of the system bring about. */
export async function until(isSo) {
  for (const end = Date.now() + 5_000; !isSo(); ) {
    if (Date.now() > end) throw new Error(`never came: ${isSo}`);
    await settled();
  }
}
