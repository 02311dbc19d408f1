// Elements put up and taken down in the middle of their work leave nothing on the page and nothing running.
import type { Page } from '@playwright/test';
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect, test } from '../browser/bench.ts';
import { Gauge, watchPage } from '../support/gauge.ts';
import { Chance } from '../support/random.ts';
import { MOUNTS, SEED } from './options.ts';

/** The moments at which an element is taken away. */
const MOMENTS = ['at once', 'ready', 'file-added', 'upload-start', 'upload-progress', 'upload-complete', 'file-approved'];
const PAGE_OF_WASM = 65_536;

test(`${MOUNTS} mounts and unmounts while busy leave nothing behind (seed ${SEED})`, async ({
  open,
  control,
  page,
  expected,
}) => {
  test.setTimeout(60_000 + MOUNTS * 2_000);
  expected.push(REFUSED_REQUEST, BLOCKED_BY_CORS);
  await control.set({ rateLimited: false, maxFilesPerResource: null, scanDelayMs: 200 });
  await watchPage(page);
  const widget = await open();
  const chance = new Chance(SEED);
  const gauge = await Gauge.on(page);
  // The first rounds make what is made once.
  await mounts(page, 10, chance);
  await quiet(page);
  const before = await gauge.read();
  const met = await mounts(page, MOUNTS, chance);
  await quiet(page);
  const after = await gauge.read();
  const calls = await control.calls();
  console.log(`taken away: ${JSON.stringify(met)}; calls: ${JSON.stringify(calls)}`);
  console.log(`before: ${JSON.stringify(before)}\n after: ${JSON.stringify(after)}`);
  expect(calls.PutObject ?? 0, 'they were busy').toBeGreaterThan(MOUNTS / 4);
  expect(after.rows - before.rows, 'rows').toBeLessThanOrEqual(0);
  expect(after.nodes - before.nodes, 'DOM nodes').toBeLessThanOrEqual(20);
  expect(after.listeners - before.listeners, 'listeners').toBeLessThanOrEqual(5);
  expect(after.uploads - before.uploads, 'XMLHttpRequests').toBeLessThanOrEqual(3);
  expect(after.files - before.files, 'files held').toBeLessThanOrEqual(3);
  expect(after.wasmBytes - before.wasmBytes, 'wasm memory').toBeLessThanOrEqual(2 * PAGE_OF_WASM);
  await expect(widget.host).toHaveCount(0);
});

/** Waits until nothing of the page's runs, and sees that it stays so. */
async function quiet(page: Page) {
  const idle = { timers: 0, requests: 0 };
  await expect.poll(() => page.evaluate(() => window.running())).toEqual(idle);
}

/** Puts up and takes down, and tells how often at which moment. */
async function mounts(page: Page, count: number, chance: Chance): Promise<Record<string, number>> {
  const plan = Array.from({ length: count }, () => ({ at: chance.pick(MOMENTS), files: chance.between(1, 6) }));
  await page.evaluate(async (plan) => {
    const old = document.querySelector('connect-attached-files');
    const attributes = JSON.parse(document.body.dataset.settings ?? 'null') as Record<string, string> | null;
    const settings =
      attributes ?? Object.fromEntries([...(old?.attributes ?? [])].map(({ name, value }) => [name, value]));
    document.body.dataset.settings = JSON.stringify(settings);
    old?.remove();
    for (const { at, files } of plan) {
      const element = document.createElement('connect-attached-files') as HTMLElement & {
        ready: Promise<void>;
        addFiles(files: File[]): void;
      };
      for (const [name, value] of Object.entries(settings)) element.setAttribute(name, value);
      // A case of its own: a list that grows from mount to mount would need more memory each time.
      element.setAttribute('resource', element.getAttribute('resource')?.replace(/[^/]*$/, crypto.randomUUID()) ?? '');
      // An element whose moment does not come must not keep the others from theirs.
      const moment = new Promise((resolve) => element.addEventListener(at, resolve, { once: true }));
      document.body.append(element);
      element.addFiles(
        Array.from({ length: files }, (_, n) => new File(['x'.repeat(200_000 * n + 1)], `${n}.txt`)),
      );
      if (at === 'ready') await element.ready;
      else if (at !== 'at once') await moment;
      element.remove();
      window.heard = [];
      // One turn of the loop: what stands a microtask after the removal is taken down.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }, plan);
  const met: Record<string, number> = {};
  for (const { at } of plan) met[at] = (met[at] ?? 0) + 1;
  return met;
}
