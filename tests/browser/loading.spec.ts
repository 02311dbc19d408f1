// Before the module is there the element works already; when it does not come, it says so.
import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './bench.ts';
import { drag } from './drag.ts';
import { onDisk } from './files.ts';

const WASM = '**/*.wasm';

/** Holds the module back until `release` is called. */
async function hold(page: Page) {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(WASM, async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

test('files picked and dropped before the module is there are not lost', async ({ goto, page, control }, info) => {
  const release = await hold(page);
  const widget = await goto();
  await expect(widget.input).toBeVisible();
  await widget.pick({ name: 'picked.txt', content: '1' });
  const dropped = info.outputPath('dropped.txt');
  onDisk(dropped, 10);
  await (await drag(page, widget.panel, { files: [dropped] })).drop();
  await widget.add({ name: 'handed.txt', content: '3' });
  await expect(widget.panel.getByText('Files waiting until the panel is ready: 3')).toBeVisible();
  expect(await control.requests()).toEqual([]);
  release();
  for (const name of ['picked.txt', 'dropped.txt', 'handed.txt']) await widget.reaches(name, 'approved');
  expect(await control.files()).toHaveLength(3);
});

test('a folder dropped before the module is there is refused as later', async ({ goto, page, control }, info) => {
  const release = await hold(page);
  const widget = await goto();
  await expect(widget.input).toBeVisible();
  const [folder, beside] = [info.outputPath('early.txt'), info.outputPath('beside.txt')];
  mkdirSync(folder);
  onDisk(beside, 10);
  await (await drag(page, widget.panel, { files: [folder, beside] })).drop();
  await expect(widget.panel.getByText('Files waiting until the panel is ready: 2')).toBeVisible();
  release();
  await widget.reaches('early.txt', 'invalid');
  await expect(widget.row('early.txt')).toContainText('Folders cannot be attached.');
  await widget.reaches('beside.txt', 'approved');
  expect((await control.calls()).StartAttachedFileUpload).toBe(1);
});

test('a folder tree dropped before the module is there comes in whole', async ({ goto, page, control }, info) => {
  await control.set({ rateLimited: false, maxFilesPerResource: null });
  const release = await hold(page);
  const widget = await goto();
  await expect(widget.input).toBeVisible();
  // A reader gives a hundred entries at a time.
  const folder = info.outputPath('tree');
  mkdirSync(`${folder}/deeper`, { recursive: true });
  for (let at = 0; at < 120; at++) onDisk(`${folder}/${1000 + at}.txt`, 10);
  for (const junk of ['.DS_Store', 'Thumbs.db', '._1000.txt']) onDisk(`${folder}/${junk}`, 10);
  onDisk(`${folder}/deeper/last.txt`, 10);
  await (await drag(page, widget.panel, { files: [folder] })).drop();
  await expect(widget.panel.getByText('Files waiting until the panel is ready: 121')).toBeVisible();
  release();
  await expect.poll(async () => (await widget.items()).length, { timeout: 30_000 }).toBe(121);
  const names = (await widget.items()).map(({ name }) => name).sort();
  expect(names[0]).toBe('1000.txt');
  expect(names.at(-1)).toBe('last.txt');
});

test('the skeleton speaks the language of the page', async ({ goto, page }) => {
  const release = await hold(page);
  const widget = await goto();
  await widget.host.evaluate((host) => host.setAttribute('lang', 'de'));
  await expect(widget.host.getByRole('region', { name: 'Angehängte Dateien' })).toContainText('Dateien auswählen');
  await expect(widget.host.getByRole('status')).toHaveText('Wird geladen …');
  release();
});

test('the focus stays on the picker when the panel takes over', async ({ goto, page }) => {
  const release = await hold(page);
  const widget = await goto();
  await expect(widget.input).toBeVisible();
  await widget.input.focus();
  release();
  await widget.ready();
  await expect(widget.input).toBeFocused();
});

test('nothing jumps when the panel takes over', async ({ goto, page }) => {
  const release = await hold(page);
  const widget = await goto();
  await expect(widget.input).toBeVisible();
  const before = await widget.input.boundingBox();
  release();
  await widget.ready();
  expect(await widget.input.boundingBox()).toEqual(before);
});

test('a module that does not load is told, and trying again works', async ({ goto, page, control, expected }) => {
  expected.push(/Failed to load resource/);
  let refuse = true;
  await page.route(WASM, (route) => (refuse ? route.fulfill({ status: 503 }) : route.continue()));
  const widget = await goto();
  await widget.pick({ name: 'early.txt', content: 'x' });
  const alert = widget.host.getByRole('alert');
  await expect(alert).toContainText('The attachment panel could not be loaded (HTTP status 503).');
  const failure = await widget.host.evaluate((host) =>
    (host as HTMLElement & { ready: Promise<void> }).ready.catch((error) => [error.name, error.code]),
  );
  expect(failure).toEqual(['AttachedFilesError', 'load_failed']);
  refuse = false;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await widget.reaches('early.txt', 'approved');
  expect(await control.files(), 'the file picked before is not lost').toHaveLength(1);
});

test('a server that answers every path with its page is told apart', async ({ goto, page, expected }) => {
  expected.push(/.*/);
  await page.route(WASM, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  const widget = await goto();
  await expect(widget.host.getByRole('alert')).toContainText('its address answers with a web page');
});

test('a page without wasm-unsafe-eval is told which word its policy lacks', async ({ goto, page, expected }) => {
  expected.push(/.*/);
  await page.route('**/element.html*', async (route) => {
    const answer = await route.fetch();
    const headers = { ...answer.headers(), 'content-security-policy': "script-src 'self'" };
    await route.fulfill({ response: answer, headers });
  });
  const widget = await goto();
  await expect(widget.host.getByRole('alert')).toContainText("must allow 'wasm-unsafe-eval' in script-src");
});
