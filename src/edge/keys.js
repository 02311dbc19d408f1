// @ts-check
// Clicks and keys on rows, listened to once for the whole list.
//
// | key | on a row or its buttons |
// |---|---|
// | up, down | to the next row |
// | page up, page down | ten rows on |
// | home, end | to the first or last row |
// | Enter | on a row: what its main button does |
// | Delete | what its last button does: delete, cancel, remove from the list |
// | F2 | rename, where that is offered |

/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e9, End: 1e9 };
const PLACES = ["caf-aside", "caf-forward", "caf-backward"];
const [FORWARD, BACKWARD, RENAME] = [1, 2, 3];

/**
 * @param {HTMLElement} list
 * @param {(row: number, what: number) => boolean} act does what a button says, by its place, or renames;
 *   false when there is nothing of the kind to do
 * @param {(steps: number) => boolean} move moves the focus by so many rows
 * @returns {() => void} ends the watch
 */
export function watchRows(list, act, move) {
  const watch = new AbortController();
  list.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    const place = PLACES.findIndex((name) => button?.classList.contains(name));
    if (button && place >= 0) act(rowOf(button), place);
  }, watch);
  list.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || target.tagName === "INPUT") return;
    const steps = STEPS[event.key];
    let isDone = false;
    if (steps) {
      isDone = move(steps);
      // Rows that come to be drawn on the way may turn out higher than they were taken for.
      requestAnimationFrame(() => list.querySelector(":scope > :focus")?.scrollIntoView({ block: "nearest" }));
    }
    // A button that has the focus does its own.
    else if (event.key === "Enter" && target.tagName === "LI") isDone = act(rowOf(target), /** @type {number} */ (FORWARD));
    else if (event.key === "Delete") isDone = act(rowOf(target), /** @type {number} */ (BACKWARD));
    else if (event.key === "F2") isDone = act(rowOf(target), /** @type {number} */ (RENAME));
    if (isDone) event.preventDefault();
  }, watch);
  return () => watch.abort();
}

/** @param {Element} inside */
function rowOf(inside) {
  return Number(/** @type {HTMLElement | null} */ (inside.closest("[data-row]"))?.dataset.row);
}

/**
 * A text field in place of a row's name. Enter and leaving it take the new name over, Escape does not.
 *
 * @param {HTMLElement} row
 * @param {string} name
 * @param {string} label
 * @param {(name: string | undefined) => void} end called once, before the field goes; undefined when nothing is taken over
 */
export function rename(row, name, label, end) {
  const shown = /** @type {HTMLElement} */ (row.querySelector(".caf-name"));
  const field = row.ownerDocument.createElement("input");
  const attributes = { class: "caf-rename", part: "rename", maxlength: "256", autocomplete: "off", "aria-label": label };
  for (const [key, value] of Object.entries(attributes)) field.setAttribute(key, value);
  field.value = name;
  shown.hidden = true;
  shown.after(field);
  field.focus();
  // The name without its extension, which is what people change.
  field.setSelectionRange(0, (name.lastIndexOf(".") + 1 || name.length + 1) - 1);
  let isOver = false;
  const finish = (/** @type {boolean} */ isTaken) => {
    // Taking the field away makes it lose the focus, which would end it once more.
    if (isOver) return;
    isOver = true;
    end((isTaken && field.value.trim()) || undefined);
    shown.hidden = false;
    field.remove();
  };
  field.addEventListener("blur", () => finish(true));
  field.addEventListener("keydown", (event) => {
    // The Enter that ends the choice of a letter in an input method is not meant for the field.
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    // Nothing of the host's around it ends as well.
    event.stopPropagation();
    finish(event.key === "Enter");
  });
}
