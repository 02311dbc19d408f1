// @ts-check
// Where rows stand, and where the focus goes when what had it goes away: never to the top of the host's page.

/**
 * Makes these rows the children of a list: takes away others, moves those that stand elsewhere, touches no
 * other. The focus, if a row that goes has it, goes to the next row, the one before, or the picker.
 *
 * @param {HTMLElement} panel
 * @param {HTMLElement} list
 * @param {HTMLElement[]} rows
 * @param {Uint32Array} gaps for each the pixels above it that rows not drawn would take, then those below all
 * @param {Uint32Array} places for each its place in the whole list, from 1; then how many rows that has, 0 where
 *   all are drawn
 * @returns {Uint32Array} the heights of the rows
 */
export function arrange(panel, list, rows, gaps, places) {
  const before = [...list.children];
  const focused = list.querySelector(":scope > :focus-within");
  const at = focused ? before.indexOf(focused) : before.length;
  const near = [...before.slice(at + 1), ...before.slice(0, at).reverse()];
  const kept = new Set(rows);
  for (const row of before) {
    if (!kept.has(/** @type {HTMLElement} */ (row))) row.remove();
  }
  const total = places[rows.length] ?? 0;
  let place = list.firstElementChild;
  for (const [at, row] of rows.entries()) {
    if (row === place) place = row.nextElementSibling;
    else list.insertBefore(row, place);
    row.style.marginBlockStart = `${gaps[at]}px`;
    // How many there are cannot be counted from what is drawn.
    for (const [name, value] of /** @type {const} */ ([["aria-setsize", total], ["aria-posinset", places[at]]])) {
      if (total > 0) row.setAttribute(name, String(value));
      else row.removeAttribute(name);
    }
  }
  // Padding would make the list itself so high.
  list.style.setProperty("--_below", `${gaps[rows.length]}px`);
  if (focused && !focused.isConnected) giveFocus(panel, near.filter((row) => row.isConnected));
  return new Uint32Array(total > 0 ? rows.map((row) => row.offsetHeight) : []);
}

/**
 * If nothing in the panel has the focus once what is under way is drawn, gives it to the first of these rows
 * that is there.
 *
 * @param {HTMLElement} panel
 * @param {Uint32Array} rows
 */
export function keepNear(panel, rows) {
  setTimeout(() => {
    if (hasFocus(panel)) return;
    const there = [...rows].map((row) => panel.querySelector(`[data-row="${row}"]`));
    giveFocus(panel, there);
  });
}

/**
 * To the first button that the rows show, else to the first row, else to the picker.
 *
 * @param {HTMLElement} panel
 * @param {(Element | null | undefined)[]} rows
 */
export function giveFocus(panel, rows) {
  const there = rows.filter((row) => !!row);
  const button = there.map((row) => row.querySelector("button:not([hidden])")).find((found) => found);
  const control = button ?? there[0] ?? panel.querySelector(".caf-input:not(:disabled)");
  if (panel.isConnected) /** @type {HTMLElement | null} */ (control)?.focus();
}

/**
 * Whether the focus is somewhere inside, in a shadow root or not.
 *
 * @param {HTMLElement} panel
 */
export function hasFocus(panel) {
  return panel.contains(/** @type {Document | ShadowRoot} */ (panel.getRootNode()).activeElement ?? null) && panel.matches(":focus-within");
}
