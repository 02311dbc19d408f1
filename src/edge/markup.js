// @ts-check
// What never changes of the drawing. Built with `createElement`, so it also works where a page forbids markup
// from strings (`require-trusted-types-for 'script'`).

/**
 * A line an element: its depth, its tag, its classes with dots between them, its attributes. `*` stands for
 * the part that is named like its first class, and every button is a part of that name.
 */
const PANEL = `section caf-panel *
 div caf-dropzone *
  div caf-top *
   label caf-pick part=picker
    input caf-input type=file multiple
    span caf-button.caf-button-main part=button
   label caf-pick part=picker
    input caf-input.caf-folder type=file multiple webkitdirectory
    span caf-button.caf-button-folder part=button
   span caf-hint * aria-hidden=true
  p caf-limits * dir=auto
  p caf-banner.caf-warning.caf-defaults *
  p caf-banner.caf-warning.caf-offline * role=status
  div caf-banner.caf-bad.caf-trouble * role=alert
   span caf-reason dir=auto
   button caf-button
  div caf-banner.caf-warning.caf-bucket * role=status
   p caf-reason dir=auto
   pre caf-rule tabindex=0
   button caf-button
  div caf-toolbar *
   div caf-run *
    span caf-run-text dir=auto
    div caf-bar * role=progressbar
     div caf-bar-fill *
   button caf-button.caf-upload-all
   button caf-button.caf-pause-all
   button caf-button.caf-retry-all
   button caf-button.caf-cancel-all
   button caf-button.caf-download-all
   select caf-select.caf-filter *
   select caf-select.caf-order *
  p caf-note * dir=auto
  ul caf-list *
  div caf-drop-now part=drop aria-hidden=true
 dialog caf-confirm part=dialog
  p caf-question dir=auto
  div caf-actions
   button caf-button.caf-keep
   button caf-button.caf-button-danger
 input caf-again type=file hidden
 div caf-live role=status aria-live=polite`;

const ROW = `li caf-row * tabindex=-1
 span caf-type * aria-hidden=true
  span caf-badge
  canvas caf-thumbnail * hidden
 div caf-file
  bdi caf-name *
   span caf-stem
   span caf-tail
  div caf-meta part=facts
   span caf-facts dir=auto
   span caf-chip *
  div caf-original * dir=auto
  div caf-status *
   span caf-status-text
   span caf-detail * dir=auto
  div caf-caution part=warning dir=auto
  div caf-bar * role=progressbar
   div caf-bar-fill *
 div caf-actions *
  button caf-button.caf-aside
  button caf-button.caf-forward
  button caf-button.caf-backward`;

/** The row all rows are copies of. @type {HTMLElement | undefined} */
let prototype;

/** A new panel. */
export function panel() {
  return build(PANEL);
}

/** A new row. */
export function row() {
  prototype ??= build(ROW);
  return /** @type {HTMLElement} */ (prototype.cloneNode(true));
}

/** @param {string} text */
function build(text) {
  /** The element last made of each depth. @type {HTMLElement[]} */
  const last = [];
  for (const line of text.split("\n")) {
    const [tag = "", classes = "", ...attributes] = line.trim().split(" ");
    const depth = line.length - line.trimStart().length;
    const element = document.createElement(tag);
    element.className = classes.replaceAll(".", " ");
    if (tag === "button") attributes.push("type=button", "part=button");
    for (const attribute of attributes) {
      const [name = "", value = ""] = attribute === "*" ? ["part", classes.split(".")[0]?.slice(4)] : attribute.split("=");
      element.setAttribute(name, value);
    }
    last[depth - 1]?.append(element);
    last[depth] = element;
  }
  return /** @type {HTMLElement} */ (last[0]);
}

/**
 * The first element inside that matches a selector; itself when there is none, which a selector of our own
 * markup never comes to.
 *
 * @param {HTMLElement} element
 * @param {string} selector
 */
export function find(element, selector) {
  return element.querySelector(selector) ?? element;
}

/**
 * Sets the text, if it is not so already: what is not touched is neither drawn nor read out again.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Sets an attribute, if it is not so already.
 *
 * @param {HTMLElement} element
 * @param {string} name
 * @param {string} value
 */
export function attribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Sets a property of its style. Done through the object model, which a strict `style-src` allows.
 *
 * @param {HTMLElement} element
 * @param {string} property
 * @param {string} value
 */
export function style(element, property, value) {
  element.style.setProperty(property, value);
}

/**
 * Fills a native select with its choices.
 *
 * @param {HTMLSelectElement} select
 * @param {string[]} choices
 * @param {number} chosen
 */
export function choices(select, choices, chosen) {
  select.replaceChildren(...choices.map((choice) => new Option(choice)));
  select.selectedIndex = chosen;
}
