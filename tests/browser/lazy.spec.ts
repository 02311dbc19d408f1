// What the element fetches only when it is needed, through the element's own attributes and methods.
import { mkdirSync, readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { unzip } from '../../pkg/test/support/unzip.mjs';
import { expect, test } from './bench.ts';
import { drag } from './drag.ts';
import { onDisk } from './files.ts';
import { seed } from './seed.ts';

/** Sets properties of the element. */
const set = (host: Locator, properties: Record<string, unknown>) =>
  host.evaluate((host, properties) => void Object.assign(host, properties), properties);

test('nothing of it is fetched for a widget that nobody has touched', async ({ open, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').at(-1)!));
  await open();
  // `late` holds the doors to all of them, and is passed through at once to where records of uploads are kept.
  const lazy = /^(words|unfold|sniff|thumbnail|preview|archive|rename|copy|sha256|keys|de)\b/;
  expect(asked.filter((name) => lazy.test(name))).toEqual([]);
  expect(asked.some((name) => name.endsWith('.wasm')), 'requests were seen').toBe(true);
});

test('the language changes while the widget stands, and so do single texts', async ({ open, page }) => {
  const { host } = await open();
  const region = (name: string) => host.getByRole('region', { name });
  await set(host, { locale: 'de-AT' });
  await expect(region('Angehängte Dateien')).toBeVisible();
  await expect(host.getByLabel('Dateien auswählen')).toBeEnabled();
  await set(host, { strings: { title: 'Beweismittel' } });
  await expect(region('Beweismittel')).toBeVisible();
  await expect(host.getByLabel('Dateien auswählen'), 'the rest stays German').toBeEnabled();
  await set(host, { strings: null, locale: null });
  await expect(region('Attached files')).toBeVisible();
  await page.evaluate(() => (document.documentElement.lang = 'de'));
  await set(host, { locale: 'xx' });
  await expect(region('Attached files'), 'an unknown one is English').toBeVisible();
});

test('a widget in a German page speaks German from the start', async ({ goto, page }) => {
  // As soon as the parser has made the element; the scripts run later.
  await page.addInitScript(() => {
    new MutationObserver(() => (document.documentElement.lang = 'de')).observe(document, { childList: true });
  });
  const { host } = await goto();
  await expect(host.getByRole('region', { name: 'Angehängte Dateien' })).toBeVisible();
  await host.evaluate((host) => (host as HTMLElement & { ready: Promise<void> }).ready);
  await expect(host.getByRole('region', { name: 'Angehängte Dateien' })).toContainText('oder hier ablegen');
});

test("the theme is the host's word over that of the page", async ({ open, page }) => {
  const { host } = await open();
  const scheme = () => host.evaluate((host) => getComputedStyle(host).colorScheme);
  for (const [theme, expected] of [['dark', 'dark'], ['light', 'light'], ['auto', 'light dark']]) {
    await set(host, { theme });
    expect(await scheme()).toBe(expected);
  }
  await page.evaluate(() => (document.documentElement.style.colorScheme = 'dark'));
  await set(host, { theme: null });
  expect(await scheme()).toBe('dark');
});

test('the host refuses and replaces files before any rule', async ({ open, control }) => {
  const widget = await open();
  await widget.host.evaluate((host) => {
    Object.assign(host, {
      beforeAdd: async (file: File, { source }: { source: string }) => {
        if (file.name === 'no.txt') return `Not by ${source}.`;
        if (file.name === 'raw.txt') return new File(['changed'], 'changed.txt');
      },
    });
  });
  await widget.pick({ name: 'no.txt', content: '1' }, { name: 'raw.txt', content: '2' }, { name: 'yes.txt', content: '3' });
  await widget.reaches('no.txt', 'invalid');
  await expect(widget.row('no.txt')).toContainText('Not by picker.');
  await widget.reaches('changed.txt', 'approved');
  await widget.reaches('yes.txt', 'approved');
  expect((await control.files()).map((file) => file.fileName).sort()).toEqual(['changed.txt', 'yes.txt']);
});

test('content that contradicts the name is a warning and stops nothing', async ({ open }) => {
  const widget = await open();
  await widget.pick({ name: 'invoice.png', content: '%PDF-1.7 really', type: 'image/png' });
  await widget.reaches('invoice.png', 'approved');
  const item = () => widget.item('invoice.png') as Promise<{ warnings: unknown } | undefined>;
  await expect.poll(async () => (await item())?.warnings).toEqual([{ kind: 'content', found: 'pdf' }]);
});

test('a folder dropped on the widget comes in with what is below it', async ({ open, page }, info) => {
  const widget = await open();
  const folder = info.outputPath('tree');
  mkdirSync(`${folder}/deeper`, { recursive: true });
  for (const name of ['a.txt', '.DS_Store', 'deeper/b.txt']) onDisk(`${folder}/${name}`, 10);
  await (await drag(page, widget.panel, { files: [folder] })).drop();
  await widget.reaches('a.txt', 'approved');
  await widget.reaches('b.txt', 'approved');
  expect(await widget.items()).toHaveLength(2);
});

test('an approved file is looked at and fetched', async ({ open, place }) => {
  await seed(place, 'notes.txt', 'what it says');
  const widget = await open();
  const id = (await widget.item('notes.txt'))!.id;
  await widget.host.evaluate((host, id) => (host as any).preview(id), id);
  const dialog = widget.page.getByRole('dialog', { name: 'notes.txt' });
  await expect(dialog.locator('pre')).toHaveText('what it says');
  await widget.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const fetched = await widget.host.evaluate(async (host, id) => (await (host as any).fetch(id)).text(), id);
  expect(fetched).toBe('what it says');
});

test('what cannot be fetched rejects with the error of the package', async ({ open }) => {
  const widget = await open();
  await widget.pick({ name: 'empty.txt', content: '' });
  await widget.reaches('empty.txt', 'invalid');
  const id = (await widget.item('empty.txt'))!.id;
  const failing = (id: number) =>
    widget.host.evaluate((host, id) => (host as any).fetch(id).catch((error: any) => [error.name, error.code, error.cause.code]), id);
  expect(await failing(id)).toEqual(['AttachedFilesError', 'not_fetched', 'not_approved']);
  expect((await failing(9_999)).slice(0, 2)).toEqual(['AttachedFilesError', 'not_fetched']);
});

test('all approved files are one zip', async ({ open, place, page }) => {
  await seed(place, 'a.txt', 'first');
  await seed(place, 'b.txt', 'second');
  const widget = await open();
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    widget.host.evaluate((host) => (host as any).downloadAll()),
  ]);
  expect(download.suggestedFilename()).toBe('case-files.zip');
  expect(unzip(readFileSync(await download.path()))).toEqual({ 'a.txt': 'first', 'b.txt': 'second' });
});
