// @ts-check

/** How long the browser may take to begin reading a saved file, ms. There is no event for its end. */
const REVOKE_AFTER = 60_000;

/**
 * Saves a file as the browser saves downloads.
 *
 * @param {Blob} blob
 * @param {string} name
 * @returns {boolean} false when the browser does not let it be
 */
export function save(blob, name) {
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER);
    return true;
  } catch {
    return false;
  }
}
