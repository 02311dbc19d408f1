// Files made on the page, so that everything can be tried without looking for some.

/** Names that have broken layouts before. */
export const AWKWARD = [
  `${"Minutes of the meeting about the replacement of the cracked water tank ".repeat(3)}(final).pdf`,
  `${"Kaffeemaschinenwassertankersatzlieferungsbestätigung".repeat(4)}.docx`,
  "تقرير عن خزان المياه المكسور (٣).pdf",
  "חשבונית מתוקנת 4021.pdf",
  "給水タンクの交換に関する報告書.txt",
  "👩‍👩‍👧‍👦 unboxing 🏖️☕.jpg",
  "receipt without extension",
  // Shown as written, this one would read photoexe.png.
  "photo\u202Egnp.exe",
  "scan\u202Egpj.pdf",
  "invoice.exe.pdf",
  "Z\u0336\u0301\u0300a\u0335\u0302\u0303l\u0337\u0308\u030Ag\u0334\u0306\u030Co\u0338\u030B.txt",
  "<b>bold & brave</b>.txt",
  "two\tcolumns\nand lines.csv",
  "..\\..\\desktop\\path.txt",
  ".pdf",
];

let made = 0;

const KINDS = {
  note: () => [text(`Delivery note ${++made}.txt`, 600_000)],
  photo: async () => [await photo(`Cracked tank ${++made}.png`)],
  film: () => [text(`Unboxing ${++made}.mov`, 15_000_000)],
  // The emulated scanner goes by the name.
  virus: () => [text(`virus sample ${++made}.txt`, 2_000)],
  awkward: () => AWKWARD.map((name) => text(name, 2_000)),
  thousand: () => Array.from({ length: 1000 }, (_, at) => text(`reading ${String(at + 1).padStart(4, "0")}.csv`, 40)),
};

/**
 * @param {HTMLElement} bar holds the buttons
 * @param {() => HTMLElement} shown the element that gets the files
 * @param {((method: string, path: string, body: object) => Promise<unknown>) | undefined} control
 */
export function samples(bar, shown, control) {
  bar.addEventListener("click", async ({ target }) => {
    const kind = target.closest("button")?.dataset.sample;
    if (!kind) return;
    // A real account would take fifty of them, two a second.
    if (kind === "thousand") await control?.("PATCH", "/settings", { rateLimited: false, maxFilesPerResource: null });
    shown().addFiles(await KINDS[kind]());
  });
}

function text(name, size) {
  const line = "Made on this page for the demo.\n";
  return new File([line.repeat(Math.ceil(size / line.length))], name);
}

/** A drawing of the machine with its crack. */
async function photo(name) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  const pen = canvas.getContext("2d");
  const box = (colour, ...corners) => {
    pen.fillStyle = colour;
    pen.fillRect(...corners);
  };
  box("#d9cbb8", 0, 0, 640, 480);
  box("#8a6f52", 0, 380, 640, 100);
  box("#2b3439", 170, 90, 300, 300);
  box("#9fd4de", 370, 120, 80, 180);
  box("#11181b", 200, 250, 130, 20);
  box("#f4efe7", 225, 300, 80, 70);
  pen.strokeStyle = "#b3261e";
  pen.lineWidth = 5;
  pen.beginPath();
  for (const [x, y] of [[385, 130], [405, 170], [395, 200], [425, 240], [412, 290]]) pen.lineTo(x, y);
  pen.stroke();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return new File([blob], name, { type: "image/png" });
}
