// What other uploaders stumble over. Traps that a topic covers are tested there; README.md beside this folder
// has the table. Here are the others, and a test that none of the 24 has lost its test.
import { readFileSync, readdirSync } from 'node:fs';
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { drag } from './drag.ts';
import { onDisk } from './files.ts';
import { everyState } from './states.ts';
import { driveTime } from './time.ts';
import { standStill, waitForRetry } from './waits.ts';
import { Widget } from './widget.ts';

const LONG = 120_000;

interface Host extends HTMLElement {
  addFiles(files: File[]): void;
  getHeaders: (() => Record<string, string>) | null;
  refresh(): void;
}

test('files of one millisecond are told apart (trap 1)', async ({ open, control }) => {
  await control.set({ rateLimited: false });
  const widget = await open();
  await widget.host.evaluate((host) => {
    const now = Date.now();
    const original = Date.now;
    Date.now = () => now;
    const same = () => new File(['same'], 'same.txt', { lastModified: now });
    (host as Host).addFiles(Array.from({ length: 10 }, same));
    for (let n = 0; n < 10; n += 1) (host as Host).addFiles([same()]);
    Date.now = original;
  });
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(20);
  const items = await widget.items();
  expect(new Set(items.map((item) => item.id)).size).toBe(20);
  expect(new Set(items.map((item) => item.fileId)).size).toBe(20);
  expect(await control.objects()).toHaveLength(20);
});

test('of files dropped where one may be attached, none is lost without a word (trap 6)', async ({
  open,
  control,
  page,
}, info) => {
  const paths = ['1.txt', '2.txt', '3.txt'].map((name) => info.outputPath(name));
  for (const path of paths) onDisk(path, 10);
  const widget = await open({ query: { 'max-files': '1' } });
  await (await drag(page, widget.panel, { files: paths })).drop();
  await widget.reaches('1.txt', 'approved');
  for (const name of ['2.txt', '3.txt']) {
    await widget.reaches(name, 'invalid');
    await expect(widget.row(name)).toContainText('This case already has 1 file');
  }
  expect(await control.files()).toHaveLength(1);
});

test('text dropped into a field of the host arrives there (trap 7)', async ({ open, page }) => {
  const widget = await open();
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    document.querySelector('connect-attached-files')?.before(field);
  });
  const field = page.locator('textarea');
  await (await drag(page, field, { text: 'just words' })).drop();
  await expect(field).toHaveValue('just words');
  expect(await widget.items()).toEqual([]);
});

test('what is pasted beside the widgets goes into none of them (trap 14)', async ({ goto, page, place, control }) => {
  await goto({ page: 'two.html', query: { first: place.caseArn, second: place.secondCaseArn } });
  const widgets = [new Widget(page, '#first'), new Widget(page, '#second')];
  for (const widget of widgets) await widget.ready();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['x'], 'pasted.txt'));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true }));
  });
  for (const widget of widgets) expect(await widget.items()).toEqual([]);
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
});

test('progress tells of bytes: where none move, neither bar nor time left does (trap 15)', async ({
  open,
  control,
  expected,
  page,
}) => {
  expected.push(REFUSED_REQUEST, /ERR_|net::/);
  const time = await driveTime(page);
  const widget = await open();
  await standStill(widget, control, time, 'still.pdf');
  const bar = widget.panel.getByRole('progressbar', { name: 'still.pdf' });
  const [sent, value] = [(await widget.item('still.pdf'))?.sent, await bar.getAttribute('aria-valuenow')];
  await time.pass(10_000, { step: 1_000, stuck: 1 });
  expect(await widget.item('still.pdf')).toMatchObject({ phase: 'uploading', sent, secondsLeft: null });
  expect(await bar.getAttribute('aria-valuenow')).toBe(value);
  expect(Number(value)).toBeLessThan(100);
});

test('a host that sets everything again and again starts nothing twice (trap 18)', async ({ open, control }) => {
  await control.fault('StartAttachedFileUpload', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'starting');
  // As a framework does whose effects run on every render.
  const again = () =>
    widget.host.evaluate(async (host) => {
      for (let n = 0; n < 20; n += 1) {
        for (const { name, value } of [...host.attributes]) host.setAttribute(name, value);
        (host as Host).getHeaders = () => ({});
        host.parentElement?.append(host);
        await Promise.resolve();
      }
    });
  await again();
  await control.advance(LONG);
  await widget.reaches('a.txt', 'approved');
  await again();
  await widget.host.evaluate((host) => (host as Host).refresh());
  expect(await control.calls()).toMatchObject({
    StartAttachedFileUpload: 1,
    PutObject: 1,
    CompleteAttachedFileUpload: 1,
  });
});

test('nothing hidden from assistive technology takes the focus (trap 20)', async ({ open, control, place, expected }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await everyState({ open, control, place });
  const found = await widget.host.evaluate((host) => {
    const focusable = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]';
    const hidden = [...(host.shadowRoot?.querySelectorAll('[aria-hidden="true"]') ?? [])];
    const inside = hidden.flatMap((element) => [element, ...element.querySelectorAll('*')]);
    return { hidden: hidden.length, focusable: inside.filter((element) => element.matches(focusable)).length };
  });
  expect(found.hidden, 'there is something to look at').toBeGreaterThan(0);
  expect(found.focusable).toBe(0);
});

test('a timer that comes minutes late, as in a hidden tab, finds the URL dead by the clock (trap 24)', async ({
  open,
  control,
  page,
  expected,
}) => {
  expected.push(REFUSED_REQUEST);
  const time = await driveTime(page);
  const widget = await open();
  await waitForRetry(widget, control, 'a.txt');
  await control.advance(400_000);
  await time.pass(400_000, { step: 400_000 });
  await time.pass(30_000);
  await widget.reaches('a.txt', 'approved');
  const errors = (await control.requests('PutObject')).map((request) => request.error);
  expect(errors.filter((error) => error !== 'SlowDown' && error !== null), 'no PUT to the old URL').toEqual([]);
});

test('each of the 24 traps has its test, and its row in the table', () => {
  const here = new URL('.', import.meta.url);
  const specs = readdirSync(here).filter((name) => name.endsWith('.spec.ts'));
  const titles = specs.map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n');
  const table = readFileSync(new URL('../README.md', here), 'utf8');
  const numbers = Array.from({ length: 24 }, (_, at) => at + 1);
  expect(numbers.filter((number) => !new RegExp(`\\btrap ${number}\\b`).test(titles))).toEqual([]);
  expect(numbers.filter((number) => !new RegExp(`^\\| ${number} \\|`, 'm').test(table))).toEqual([]);
});
