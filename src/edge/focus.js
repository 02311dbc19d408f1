// @ts-check
// Where the focus goes when what had it goes away: never to the top of the host's page.

/**
 * If nothing in the panel has the focus once what is under way is drawn, gives it to the first of these rows
 * that is there.
 *
 * @param {HTMLElement} panel
 * @param {Float64Array} rows
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
 * @param {(Element | null)[]} rows
 */
export function giveFocus(panel, rows) {
  const there = rows.filter((row) => row !== null);
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
