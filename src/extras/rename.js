// @ts-check
// Giving a file another name. Loaded when it is first asked for.

/**
 * A text field in place of a row's name. Enter and leaving it take the new name over, Escape does not.
 *
 * @param {HTMLElement} row
 * @param {string} name
 * @param {string} label
 * @returns {Promise<string | null>} the new name once the field is about to go; null when the old one stays
 */
export function rename(row, name, label) {
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
  return new Promise((resolve) => {
    let isOver = false;
    const finish = (/** @type {boolean} */ isTaken) => {
      // Taking the field away makes it lose the focus, and what is being taken away cannot be once more.
      if (isOver) return;
      isOver = true;
      resolve((isTaken && field.value.trim()) || null);
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
  });
}
