// Shows what a host hears. Details hold no URL and no token, so they may be shown and kept.

const TYPES = [
  "file-added", "file-invalid", "upload-start", "upload-progress", "upload-stalled", "upload-retry",
  "upload-complete", "upload-error", "status-change", "file-approved", "file-rejected", "file-failed",
  "file-deleted", "queue-idle", "limits-change",
];
/** Lines kept. */
const MOST = 200;

/**
 * @param {HTMLElement[]} elements
 * @param {HTMLOListElement} list newest first
 * @param {HTMLElement} count
 */
export function logEvents(elements, list, count) {
  let heard = 0;
  const note = (event) => {
    heard += 1;
    count.textContent = String(heard);
    const line = document.createElement("li");
    line.textContent = `${new Date().toLocaleTimeString()}  ${event.target.id}  ${event.type}  ${words(event)}`;
    list.prepend(line);
    if (list.childElementCount > MOST) list.lastElementChild.remove();
  };
  for (const element of elements) for (const type of TYPES) element.addEventListener(type, note);
}

function words({ type, detail }) {
  if (type === "limits-change") {
    return `${detail.source}, ${detail.extensions.length} types, ${detail.maxBytes} bytes`;
  }
  if (type === "queue-idle") return `${detail.items.length} rows`;
  const rules = detail.refusals.map((refusal) => refusal.rule).join(" ");
  const before = detail.previousPhase ? `${detail.previousPhase} → ` : "";
  const progress = type === "upload-progress" ? `${detail.percent} %` : "";
  const all = [detail.name, before + detail.phase, progress, rules, detail.error?.code];
  return all.filter(Boolean).join("  ");
}
