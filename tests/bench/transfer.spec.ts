// Not a test: how the widget compares with a bare XMLHttpRequest loop on the same page. The two take turns,
// each pair on the same files, the emulator emptied before each run. Rate and count limit are lifted, a verdict
// is there at once; the clock stops with the last Complete in both.
import { writeFileSync } from 'node:fs';
import type { JSHandle, Page } from '@playwright/test';
import { expect, test } from '../browser/bench.ts';
import { MIB, onDisk } from '../browser/files.ts';
import type { Control } from '../support/control.mjs';
import { Gauge, watchPage } from '../support/gauge.ts';
import { prepare } from './bare.ts';
import { spread } from './figures.ts';
import { PAIRS } from './options.ts';

interface Run {
  ms: number;
  busyMs: number;
  longestMs: number;
  wasmBytes: number;
  calls: number;
}

const LIFTED = { rateLimited: false, maxFilesPerResource: null, scanDelayMs: 0 };
const CONNECT = [
  'StartAttachedFileUpload',
  'CompleteAttachedFileUpload',
  'BatchGetAttachedFileMetadata',
  'DeleteAttachedFile',
] as const;

for (const { what, count, size } of [
  { what: '1 x 20 MB', count: 1, size: 20 * MIB },
  { what: '20 x 20 MB', count: 20, size: 20 * MIB },
  { what: '1000 x 10 kB', count: 1000, size: 10_000 },
]) {
  test(`transfer of ${what}, pairs: ${PAIRS}`, async ({ goto, control, page, place }, info) => {
    test.setTimeout(120_000 + PAIRS * 120_000);
    await watchPage(page);
    await page.addInitScript(prepare);
    await page.addInitScript(watchTasks);
    const paths = Array.from({ length: count }, (_, at) => info.outputPath(`${at}.pdf`));
    for (const [at, path] of paths.entries()) at === 0 ? onDisk(path, size) : writeFileSync(path, filled(size, at));

    const target = { endpoint: place.endpoint, instanceId: place.instanceId, resource: place.caseArn };
    const bare: Run[] = [];
    const widget: Run[] = [];
    const once = async (byWidget: boolean) => {
      await control.reset();
      await control.set(LIFTED);
      // A page of its own for each run: neither inherits the other's list, cache or garbage.
      await (await goto()).ready();
      const files = await chosen(page, paths);
      return measured(page, control, () =>
        byWidget
          ? files.evaluate((files) => window.sendByWidget(files))
          : files.evaluate((files, target) => window.sendBare(files, target), target),
      );
    };
    // What is made once, on either side of the wire, is made before.
    await once(false);
    await once(true);
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const widgetFirst = pair % 2 === 1;
      const [first, second] = [await once(widgetFirst), await once(!widgetFirst)];
      widget.push(widgetFirst ? first : second);
      bare.push(widgetFirst ? second : first);
    }
    report(what, count, bare, widget);
  });
}

function filled(size: number, value: number): Buffer {
  return Buffer.alloc(size, `file ${value} `);
}

/** The files as the page gets them from a picker: on disk, not in memory. */
async function chosen(page: Page, paths: string[]): Promise<JSHandle<File[]>> {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'bench' });
    document.body.append(input);
  });
  const input = page.locator('#bench');
  await input.setInputFiles(paths);
  return input.evaluateHandle((input) => [...((input as HTMLInputElement).files ?? [])]);
}

async function measured(page: Page, control: Control, send: () => Promise<number>): Promise<Run> {
  const gauge = await Gauge.on(page);
  const wasmBefore = (await gauge.read()).wasmBytes;
  const callsBefore = await connectCalls(control);
  await page.evaluate(() => (window.tasks = []));
  const busyBefore = (await gauge.metrics()).TaskDuration ?? NaN;
  const ms = await send();
  const busyMs = ((await gauge.metrics()).TaskDuration ?? NaN) * 1000 - busyBefore * 1000;
  const longestMs = await page.evaluate(() => Math.max(0, ...window.tasks));
  // The polls that still come belong to the files as well.
  await expect.poll(() => page.evaluate(() => window.running().requests)).toBe(0);
  const calls = (await connectCalls(control)) - callsBefore;
  return { ms, busyMs, longestMs, wasmBytes: (await gauge.read()).wasmBytes - wasmBefore, calls };
}

async function connectCalls(control: Control): Promise<number> {
  const calls = await control.calls();
  return CONNECT.reduce((sum, operation) => sum + (calls[operation] ?? 0), 0);
}

function report(what: string, count: number, bare: Run[], widget: Run[]) {
  const ratios = widget.map((run, at) => run.ms / (bare[at]?.ms ?? NaN));
  const of = (runs: Run[], key: keyof Run, unit = 1) => runs.map((run) => run[key] / unit);
  const lines = [
    `${what}: widget against bare loop, pairs: ${PAIRS}; median (smallest to largest)`,
    `  time ratio             ${spread(ratios, 3)}`,
    `  time, s                widget ${spread(of(widget, 'ms', 1000), 2)}, bare ${spread(of(bare, 'ms', 1000), 2)}`,
    `  main thread busy, ms   widget ${spread(of(widget, 'busyMs'), 0)}, bare ${spread(of(bare, 'busyMs'), 0)}`,
    `  longest task, ms       widget ${spread(of(widget, 'longestMs'), 0)}, bare ${spread(of(bare, 'longestMs'), 0)} (0: below 50)`,
    `  wasm memory grew, KiB  ${spread(of(widget, 'wasmBytes', 1024), 0)}`,
    `  Connect calls a file   widget ${spread(of(widget, 'calls', count), 2)}, bare ${spread(of(bare, 'calls', count), 2)}`,
  ];
  console.log(lines.join('\n'));
}

declare global {
  interface Window {
    /** Durations of long tasks, milliseconds. */
    tasks: number[];
  }
}

function watchTasks() {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
    type: 'longtask',
  });
}
