// Many files in one tab while much goes wrong: each ends truthful, arrives once, and leaves nothing behind.
import { randomUUID } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect, test } from '../browser/bench.ts';
import type { Item, Widget } from '../browser/widget.ts';
import type { Control } from '../support/control.mjs';
import type { Place } from '../support/programs.mjs';
import { Gauge, watchPage, type Reading } from '../support/gauge.ts';
import { Chance } from '../support/random.ts';
import { load, type Cargo } from './cargo.ts';
import { FILES, LONGEST, SEED } from './options.ts';
import { scriptFaults, weather } from './trouble.ts';
import { User } from './user.ts';

interface Tools {
  widget: Widget;
  control: Control;
  context: BrowserContext;
  chance: Chance;
  user: User;
}

const PAGE_OF_WASM = 65_536;
/** How often the user looks and does something, milliseconds. */
const PACE = 100;

test(`${FILES} files under a mix of faults all arrive, once each, and leave nothing behind (seed ${SEED})`, async ({
  open,
  control,
  context,
  page,
  place,
  expected,
}, info) => {
  test.setTimeout(LONGEST);
  // The browser's own words on requests that failed, as they were meant to.
  expected.push(REFUSED_REQUEST, BLOCKED_BY_CORS);
  await control.set({ rateLimited: false, maxFilesPerResource: null });
  await watchPage(page);
  const widget = await open();
  const gauge = await Gauge.on(page);
  const chance = new Chance(SEED);
  const tools = { widget, control, context, chance, user: new User(widget, chance) };
  const waves = [
    load(info.outputDir, Math.ceil(FILES / 2), 'first', chance),
    load(info.outputDir, Math.floor(FILES / 2), 'second', chance),
  ];

  // The first wave makes what is made once and as much room as a wave takes.
  const readings: Reading[] = [];
  for (const files of waves) {
    await wave(files, tools);
    await turn(tools, place);
    readings.push(await gauge.read());
  }
  console.log(`user: ${JSON.stringify(tools.user.did)}`);
  for (const reading of readings) console.log(`left after a wave: ${JSON.stringify(reading)}`);

  const [first, second] = readings as [Reading, Reading];
  // One belongs to the template that rows are made from.
  expect(second.rows, 'no row lives on').toBeLessThanOrEqual(1);
  expect(second.uploads, 'no XMLHttpRequest lives on').toBeLessThanOrEqual(3);
  expect(second.files, 'no file is held').toBeLessThanOrEqual(3);
  expect(second.nodes - first.nodes, 'DOM nodes').toBeLessThanOrEqual(20);
  expect(second.listeners - first.listeners, 'listeners').toBeLessThanOrEqual(5);
  expect(second.wasmBytes - first.wasmBytes, 'wasm memory').toBeLessThanOrEqual(2 * PAGE_OF_WASM);

  const all = waves.flat();
  const hashes = async () => (await control.objects()).map((object) => object.sha256).sort();
  await expect.poll(hashes, 'the bucket holds each file once').toEqual(all.map((file) => file.hash).sort());
  const records = await control.files();
  const approved = records.filter((record) => record.status === 'APPROVED').map((record) => record.fileName);
  expect(approved.sort(), 'the case holds each file once').toEqual(all.map((file) => file.name).sort());
  console.log(`records that are no file: ${records.length - approved.length}`);

  await page.evaluate(() => document.querySelector('connect-attached-files')?.remove());
  await expect.poll(() => page.evaluate(() => window.running())).toEqual({ timers: 0, requests: 0 });
});

/** Some files under trouble, until all are approved. */
async function wave(files: Cargo[], { widget, control, context, chance, user }: Tools) {
  const scripted = await scriptFaults(control, files, chance);
  const names = new Set(files.map((file) => file.name));
  const mine = async () => (await widget.items()).filter((item) => names.has(item.name));
  const waiting = files.map((file) => file.path);
  const seen: string[] = [];
  let spells = 0;
  let items: Item[] = [];
  do {
    if (waiting.length > 0 && chance.oneIn(2)) {
      await widget.input.setInputFiles(waiting.splice(0, chance.between(1, 25)));
    }
    items = await mine();
    if (chance.oneIn(3)) await user.act(items);
    const approved = items.filter((item) => item.phase === 'approved').length;
    // One spell for every 25 files that got through, and one in any case.
    if (approved >= spells * 25 + 3) {
      spells += 1;
      seen.push(await weather(control, context, chance));
    }
    await new Promise((resolve) => setTimeout(resolve, PACE));
  } while (waiting.length > 0 || items.some((item) => item.hold !== 'paused' && !atRest(item)));

  const stopped = items.filter((item) => item.phase === 'error');
  for (const item of stopped) {
    expect(item.error, `${item.name} says what happened`).toMatchObject({
      stage: expect.stringMatching(/^(start|put|complete|watch)$/),
      code: expect.stringMatching(/^[a-z_]+$/),
    });
    await widget.bring(item.name);
    await expect(widget.row(item.name)).toContainText(/\w+ \w+ \w+/);
  }
  const codes = stopped.map((item) => `${item.error?.stage} ${item.error?.code}`);
  console.log(`scripted: ${JSON.stringify(scripted)}; weather: ${seen.join(', ')}; errors: ${codes.join(', ')}`);

  await control.clearFaults();
  await user.all('resume', items.filter((item) => item.hold === 'paused'));
  await user.all('retry', items.filter((item) => ['error', 'canceled'].includes(item.phase)));
  const tally = async () => {
    const counts: Record<string, number> = {};
    for (const { phase, hold, error } of await mine()) {
      const where = [phase, ...(hold === 'none' ? [] : [hold]), ...(error ? [error.stage, error.code] : [])].join(' ');
      counts[where] = (counts[where] ?? 0) + 1;
    }
    return counts;
  };
  await expect
    .poll(tally, { message: 'without faults all are approved', timeout: 60_000 + files.length * 200 })
    .toEqual({ approved: files.length });
  expect((await mine()).map((item) => item.name).sort(), 'no row is lost or doubled').toEqual([...names].sort());
}

/** Whether the widget has done what it can. */
function atRest(item: Item): boolean {
  return ['scanning', 'approved', 'error', 'canceled'].includes(item.phase);
}

/** Turns to a case that holds nothing: the rows of the one before go. */
async function turn({ widget }: Tools, place: Place) {
  const empty = place.caseArn.replace(/[^/]*$/, randomUUID());
  await widget.host.evaluate((host, arn) => host.setAttribute('resource', arn), empty);
  await expect(widget.rows).toHaveCount(0);
  await expect(widget.panel.getByText('No files yet')).toBeVisible();
  // Neither what the bench has heard nor what the input still names is the widget's to hold.
  await widget.page.evaluate(() => (window.heard = []));
}
