// Upload and download in the oldest browser that Amazon Connect supports: Firefox ESR.
import { expect, test as base } from '@playwright/test';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytes, sha256 } from '../browser/files.ts';
import { Control } from '../support/control.mjs';
import { start, type Place } from '../support/programs.mjs';
import { launchFirefox, type Page } from './launch.ts';

interface Bench {
  place: Place;
  control: Control;
  downloads: string;
  /** A Firefox page with the element, standing. */
  widget: Page;
}

const test = base.extend<Bench>({
  place: async ({}, use) => {
    const { said, end } = await start('backend', ['--port', '0', '--json']);
    await use(said);
    await end();
  },
  control: async ({ place }, use) => {
    const control = new Control(place.control);
    await control.set({ scanDelayMs: 0 });
    await use(control);
  },
  downloads: ({}, use, info) => use(info.outputDir),
  widget: async ({ place, downloads }, use) => {
    const pages = await start('xtask', ['pages', '--port', '0', '--json', '--demo-json', '{}']);
    const browser = await launchFirefox(downloads);
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      const { endpoint, instanceId, caseArn: resource } = place;
      const query = new URLSearchParams({ endpoint, 'instance-id': instanceId, resource });
      await page.goto(`${pages.said.origin}/csp.html?${query}`);
      await page.waitForFunction(() => document.querySelector('connect-attached-files')?.matches(':state(ready)'));
      await use(page);
      expect(complaints, 'nothing unexpected in the console').toEqual([]);
    } finally {
      await browser.close();
      await pages.end();
    }
  },
});

/** The text of a row once it holds `words`. */
async function row(page: Page, name: string, words: string) {
  await page.waitForFunction(
    (name, words) => {
      const rows = document.querySelector('connect-attached-files')?.shadowRoot?.querySelectorAll('[data-row]');
      return [...(rows ?? [])].some((row) => row.textContent?.includes(name) && row.textContent.includes(words));
    },
    { timeout: 20_000 },
    name,
    words,
  );
}

async function pick(page: Page, path: string) {
  const input = await page.$('connect-attached-files >>> input[type=file]');
  await input?.uploadFile(path);
}

for (const [name, size] of [
  ['Grüße 日本 😀.txt', 11],
  ['film.mp4', 5 * 1024 * 1024],
] as const) {
  test(`${name} (${size} bytes) goes up and comes down whole`, async ({ widget, control, downloads }) => {
    const content = bytes(size);
    const path = join(downloads, name);
    await writeFile(path, content);
    await pick(widget, path);
    await row(widget, name, 'Ready');
    expect(await control.objects()).toMatchObject([{ size, sha256: sha256(content) }]);
    const [put] = await control.requests('PutObject');
    const amz = Object.keys(put?.headers ?? {}).filter((header) => header.startsWith('x-amz-'));
    expect(amz.sort()).toEqual([
      'x-amz-acl',
      'x-amz-meta-account_id',
      'x-amz-meta-contact_id',
      'x-amz-meta-initial_contact_id',
      'x-amz-meta-organization_id',
    ]);
    // Out of the way: Firefox would save beside it under another name.
    await rm(path);
    await (await widget.$(`connect-attached-files >>> [aria-label="Download: ${name}"]`))?.click();
    await expect.poll(async () => sha256(await readFile(path).catch(() => ''))).toBe(sha256(content));
  });
}

test('a forbidden type is refused before any call', async ({ widget, control, downloads }) => {
  const path = join(downloads, 'run.exe');
  await writeFile(path, 'x');
  await pick(widget, path);
  await row(widget, 'run.exe', 'Files of type .exe are not allowed here.');
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
});

test('delete asks, can be taken back for a moment, and takes the file from the case', async ({ widget, control, downloads }) => {
  const path = join(downloads, 'a.txt');
  await writeFile(path, 'x');
  await pick(widget, path);
  await row(widget, 'a.txt', 'Ready');
  await (await widget.$('connect-attached-files >>> [aria-label="Delete: a.txt"]'))?.click();
  await widget.waitForSelector('connect-attached-files >>> dialog[open]');
  await (await widget.$('connect-attached-files >>> dialog .caf-button-danger'))?.click();
  await row(widget, 'a.txt', 'Will be deleted in a moment');
  expect(await control.files()).toHaveLength(1);
  // Five seconds are for an undo.
  await expect.poll(async () => control.files(), { timeout: 15_000 }).toEqual([]);
});
