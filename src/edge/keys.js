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
