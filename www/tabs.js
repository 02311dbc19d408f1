// Tabs by the usual keyboard pattern: one stop for Tab, arrows between them.

/** @param {HTMLElement} list */
export function tabs(list) {
  const all = [...list.querySelectorAll("[role=tab]")];
  const select = (chosen) => {
    for (const tab of all) {
      tab.ariaSelected = String(tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      // Hidden, not removed: uploads of the other tab go on.
      document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
    }
  };
  list.addEventListener("click", ({ target }) => {
    const tab = target.closest("[role=tab]");
    if (tab) select(tab);
  });
  list.addEventListener("keydown", ({ key }) => {
    const onward = getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: onward, ArrowLeft: -onward }[key];
    if (!step) return;
    const at = all.findIndex((tab) => tab.tabIndex === 0);
    const next = all[(at + step + all.length) % all.length];
    select(next);
    next.focus();
  });
}
