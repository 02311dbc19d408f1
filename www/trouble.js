// Trouble to order: the control API of the emulator behind the demo's switches.

/** Settings of the emulator while a switch is on, and while it is off. */
const LASTING = {
  slow: [{ s3BytesPerSecond: 400_000 }, { s3BytesPerSecond: null }],
  "slow-scanner": [{ scanDelayMs: 20_000 }, { scanDelayMs: 1_500 }],
  "silent-scanner": [{ scannerSilent: true }, { scannerSilent: false }],
};

/** Faults that happen once. */
const ONCE = {
  busy: { operation: "PutObject", fault: { kind: "status", status: 503, code: "SlowDown" } },
  expired: { operation: "StartAttachedFileUpload", fault: { kind: "expired" } },
};

/** @param {string} base address of the control listener */
export function calls(base) {
  return async (method, path, body) => {
    const headers = body && { "content-type": "application/json" };
    const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
    return answer.json();
  };
}

/**
 * @param {HTMLFieldSetElement} fields
 * @param {ReturnType<typeof calls>} control
 */
export function trouble(fields, control) {
  const said = fields.querySelector("[role=status]");
  const switches = [...fields.querySelectorAll("input")];
  fields.hidden = false;
  fields.addEventListener("change", async ({ target: { name, checked } }) => {
    if (name === "cut") await control("POST", "/link", { up: !checked });
    else await control("PATCH", "/settings", LASTING[name][checked ? 0 : 1]);
  });
  fields.addEventListener("click", async ({ target: { value, textContent } }) => {
    if (value === "calm") await calm();
    else if (value in ONCE) await control("POST", "/faults", ONCE[value]);
    else return;
    said.textContent = value === "calm" ? "" : `${textContent}: ordered.`;
  });
  async function calm() {
    await control("DELETE", "/faults");
    await control("POST", "/link", { up: true });
    await control("PATCH", "/settings", Object.assign({ rateLimited: true, maxFilesPerResource: 50 }, ...off()));
    for (const field of switches) field.checked = false;
  }
  // The emulator outlives the page: a reload shows what it is set to.
  void show();
  async function show() {
    await control("POST", "/link", { up: true });
    const now = await control("GET", "/settings");
    for (const field of switches) {
      const [on = {}] = LASTING[field.name] ?? [];
      const all = Object.entries(on);
      field.checked = all.length > 0 && all.every(([name, value]) => now[name] === value);
    }
  }
}

function off() {
  return Object.values(LASTING).map(([, usual]) => usual);
}
