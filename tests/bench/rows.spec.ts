// Not a test: what many rows cost the page's main thread. Files are handed in at once and wait to be started by
// hand; then all start, with verdicts at once, while the list is scrolled from end to end.
import type { Page } from '@playwright/test';
import { expect, test } from '../browser/bench.ts';
import { Gauge, watchPage } from '../support/gauge.ts';

/** Uploads of ten thousand files say nothing of rows that those of a thousand do not. */
const SENT_AT_MOST = 1_000;

for (const count of [100, 1_000, 10_000]) {
  test(`rows: ${count}`, async ({ goto, control, page }) => {
    test.setTimeout(280_000);
    await watchPage(page);
    await page.addInitScript(watchTasks);
    await control.set({ rateLimited: false, maxFilesPerResource: null, scanDelayMs: 0 });
    await (await goto()).ready();
    const gauge = await Gauge.on(page);
    const before = await gauge.read();

    // Made before: ten thousand files take a page a second.
    await page.evaluate((count) => {
      window.made = Array.from({ length: count }, (_, at) => new File(['x'], `file ${at}.txt`));
    }, count);
    const added = await during(page, () => {
      const element = document.querySelector<Panel>('connect-attached-files');
      if (!element) throw new Error('no element');
      element.manualStart = true;
      // Asking for all items makes an object of each, which takes longer than what is measured here.
      window.added = 0;
      element.addEventListener('file-added', () => (window.added += 1));
      const began = performance.now();
      return new Promise<number>((done) => {
        const look = () => {
          if (element.shadowRoot?.querySelector('[data-row]')) done(performance.now() - began);
          else requestAnimationFrame(look);
        };
        // What the attribute changes is taken over a microtask later.
        queueMicrotask(() => {
          element.addFiles(window.made);
          look();
        });
      });
    }, count);
    await expect.poll(() => page.evaluate(() => window.added), { timeout: 120_000 }).toBe(count);
    const adding = await tasks(page);

    const scrolled = await during(page, scroll, 0);
    const scrolling = await tasks(page);

    let sending: Tasks | undefined;
    if (count <= SENT_AT_MOST) {
      await page.evaluate(() => document.querySelector<Panel>('connect-attached-files')?.upload());
      await expect.poll(() => page.evaluate(approvedOf), { timeout: 240_000 }).toBe(count);
      sending = await tasks(page);
    }
    const after = await gauge.read();
    const lines = [
      `${count} rows`,
      `  first row after, ms        ${added.toFixed(0)}`,
      `  longest task adding, ms    ${adding.longest.toFixed(0)} (0: below 50)`,
      `  scrolling to the end       ${scrolled.toFixed(0)} of 120 frames late, longest task ${scrolling.longest.toFixed(0)} ms`,
      `  longest task uploading, ms ${sending ? sending.longest.toFixed(0) : 'not measured'}`,
      `  rows drawn                 ${after.rows}`,
      `  wasm memory grew, KiB      ${((after.wasmBytes - before.wasmBytes) / 1024).toFixed(0)}`,
      `  script memory grew, KiB    ${((after.heapBytes - before.heapBytes) / 1024).toFixed(0)}`,
    ];
    console.log(lines.join('\n'));
  });
}

declare global {
  interface Window {
    /** Rows that the element has told of. */
    added: number;
    /** Files to add. */
    made: File[];
  }
}

/** What is used of the element. */
interface Panel extends HTMLElement {
  manualStart: boolean;
  items: { phase: string }[];
  addFiles(files: File[]): void;
  upload(): void;
}

interface Tasks {
  longest: number;
}

/** Runs something in the page, with long tasks counted from here on. */
async function during<Argument>(page: Page, run: (argument: Argument) => Promise<number>, argument: Argument) {
  await page.evaluate(() => (window.tasks = []));
  return page.evaluate(run as (argument: unknown) => Promise<number>, argument);
}

async function tasks(page: Page): Promise<Tasks> {
  const all = await page.evaluate(() => window.tasks.splice(0));
  return { longest: Math.max(0, ...all) };
}

function approvedOf() {
  const items = document.querySelector<Panel>('connect-attached-files')?.items ?? [];
  return items.filter((item) => item.phase === 'approved').length;
}

/** Scrolls through the list in 120 frames; how many of them took longer than one and a half. */
function scroll(): Promise<number> {
  const list = document.querySelector<Panel>('connect-attached-files')?.shadowRoot?.querySelector('.caf-list');
  if (!list) throw new Error('no list');
  return new Promise((done) => {
    let [frame, late, last] = [0, 0, performance.now()];
    const step = (now: number) => {
      if (now - last > 25) late += 1;
      last = now;
      frame += 1;
      list.scrollTop = (list.scrollHeight - list.clientHeight) * (frame / 120);
      if (frame < 120) requestAnimationFrame(step);
      else done(late);
    };
    requestAnimationFrame(step);
  });
}

function watchTasks() {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
    type: 'longtask',
  });
}
