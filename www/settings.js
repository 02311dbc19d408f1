// The switches above the case. They stand in the address too: a reload keeps them, a link shows them.

const RIGHT_TO_LEFT = ["ar", "he"];
const root = document.documentElement;

/**
 * Every switch has an empty value for the usual; without the attribute the element does the usual too.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLElement[]} elements the attached-files elements that follow
 */
export function settings(form, elements) {
  const query = new URLSearchParams(location.search);
  for (const field of form.elements) take(field, query.get(field.name));
  const apply = () => {
    const chosen = Object.fromEntries(new FormData(form));
    root.dir = chosen.dir || (RIGHT_TO_LEFT.includes(chosen.locale) ? "rtl" : "ltr");
    root.style.colorScheme = chosen.theme || "light dark";
    for (const element of elements) {
      for (const name of ["theme", "locale", "density", "duplicates"]) {
        if (chosen[name]) element.setAttribute(name, chosen[name]);
        else element.removeAttribute(name);
      }
      element.toggleAttribute("readonly", chosen.mode === "readonly");
      element.toggleAttribute("disabled", chosen.mode === "disabled");
      element.toggleAttribute("manual-start", chosen["manual-start"] === "on");
    }
    keep(chosen);
  };
  form.addEventListener("change", apply);
  apply();
}

function take(field, value) {
  if (value === null) return;
  if (field.type === "checkbox") field.checked = value === field.value;
  else if ([...field.options].some((option) => option.value === value)) field.value = value;
}

function keep(chosen) {
  const unusual = Object.entries(chosen).filter(([, value]) => value);
  const query = String(new URLSearchParams(unusual));
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
}
