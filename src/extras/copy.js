// @ts-check

/**
 * Puts text on the clipboard. Call it while a click or a key is handled.
 *
 * @param {string} text
 * @returns {Promise<boolean>} false when the browser does not allow it
 */
export async function copy(text) {
  try {
    // Missing outside of secure contexts, refused in frames without `clipboard-write`.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/**
 * The old way, which needs no permission.
 *
 * @param {string} text
 */
function copySelected(text) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  // Gives back what the selection took.
  focused?.focus();
  return copied;
}
