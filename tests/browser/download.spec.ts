// A download is the stored file, whole and under its name, or nothing at all.
import { readFile } from 'node:fs/promises';
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { MIB, bytes, onDisk, sha256 } from './files.ts';
import { seed } from './seed.ts';
import { driveTime } from './time.ts';
import type { Widget } from './widget.ts';

async function download(widget: Widget, name: string) {
  const coming = widget.page.waitForEvent('download');
  await widget.button('Download', name).click();
  return coming;
}

test('the bytes come back as they went, under their name', async ({ open, control, page }) => {
  await control.set({ rateLimited: false });
  const widget = await open();
  const files = ['plain.txt', 'Grüße 日本 emoji 😀.txt', `quotes ' and & <b>.txt`].map((name, at) => ({
    name,
    content: bytes(70_000 + at, at),
  }));
  await widget.pick(...files);
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(files.length);
  const address = page.url();
  for (const { name, content } of files) {
    const saved = await download(widget, name);
    expect(sha256(await readFile(await saved.path()))).toBe(sha256(content));
    // Chromium itself puts an underscore for what a file system does not take.
    expect(saved.suggestedFilename()).toBe(name.replace(/[<>]/g, '_'));
  }
  expect(page.url(), 'the host page stays where it is').toBe(address);
  const [get] = await control.requests('GetObject');
  expect(get?.headers).not.toHaveProperty('authorization');
  expect(get?.headers['cache-control']).toBe('no-cache');
});

test('a file of 20 MB comes back whole', async ({ open }, info) => {
  const path = info.outputPath('large.pdf');
  const hash = onDisk(path, 20 * MIB);
  const widget = await open();
  await widget.pick(path);
  await widget.reaches('large.pdf', 'approved', 30_000);
  const saved = await download(widget, 'large.pdf');
  expect(sha256(await readFile(await saved.path()))).toBe(hash);
});

test('a file that others attached can be downloaded', async ({ open, place }) => {
  await seed(place, 'theirs.txt', 'their content');
  const widget = await open();
  const saved = await download(widget, 'theirs.txt');
  expect(await readFile(await saved.path(), 'utf8')).toBe('their content');
});

test('every click asks for a fresh URL', async ({ open, control }) => {
  const widget = await open();
  await widget.attach('a.txt');
  await download(widget, 'a.txt');
  await control.advance(600_000);
  await download(widget, 'a.txt');
  expect((await control.calls()).GetAttachedFile).toBe(2);
});

test('a download URL that has run out is renewed', async ({ open, control, expected }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await widget.attach('a.txt', 'the content');
  await control.fault('GetObject', { kind: 'expired' });
  const saved = await download(widget, 'a.txt');
  expect(await readFile(await saved.path(), 'utf8')).toBe('the content');
  expect(await control.calls()).toMatchObject({ GetAttachedFile: 2, GetObject: 2 });
});

for (const { what, fault, says, code } of [
  {
    what: 'an error of the storage is never saved as the file (trap 5)',
    fault: { kind: 'status', status: 403, code: 'AccessDenied' },
    says: 'The storage denied access.',
    code: 'storage_denied',
  },
  {
    what: 'a download cut short is not saved',
    fault: { kind: 'shortBody', bytes: 10 },
    says: /The connection broke|The download was incomplete/,
    code: /network_lost|download_incomplete/,
  },
  {
    what: 'a bucket without CORS is told, not waited for',
    fault: { kind: 'noCors' },
    says: 'The connection broke.',
    code: 'network_lost',
  },
] as const) {
  test(what, async ({ open, control, page, expected }) => {
    expected.push(REFUSED_REQUEST, /CORS policy/);
    const widget = await open();
    await widget.attach('a.txt', 'x'.repeat(5000));
    let saves = 0;
    page.on('download', () => (saves += 1));
    // What may pass is tried twice.
    await control.fault('GetObject', fault, { times: code === 'storage_denied' ? 1 : 2 });
    await widget.button('Download', 'a.txt').click();
    await expect(widget.row('a.txt')).toContainText(says);
    expect((await widget.item('a.txt'))?.error?.code).toMatch(code);
    expect((await widget.item('a.txt'))?.phase, 'the file is still there').toBe('approved');
    expect(saves).toBe(0);
    await download(widget, 'a.txt');
    await expect(widget.row('a.txt')).not.toContainText(says);
  });
}

test('a page that somebody puts in between is not saved as the file', async ({ open, page, place }) => {
  const widget = await open();
  await widget.attach('a.txt', 'x'.repeat(500));
  let saves = 0;
  page.on('download', () => (saves += 1));
  // What a captive portal does: 200, and something else.
  await page.route(`${place.s3}/**`, (route) =>
    route.fulfill({ body: '<!doctype html>Sign in', headers: { 'access-control-allow-origin': '*' } }),
  );
  await widget.button('Download', 'a.txt').click();
  await expect(widget.row('a.txt')).toContainText('The download was incomplete, so nothing was saved.');
  expect((await widget.item('a.txt'))?.error?.code).toBe('download_incomplete');
  expect(saves).toBe(0);
});

test('two clicks are one download', async ({ open, control, page }) => {
  const widget = await open();
  await widget.attach('a.txt');
  await control.fault('GetAttachedFile', { kind: 'delay', ms: 3_600_000 });
  await widget.button('Download', 'a.txt').click();
  await expect(widget.row('a.txt')).toContainText('Downloading');
  const id = (await widget.item('a.txt'))?.id ?? 0;
  await widget.host.evaluate(
    (host, id) => (host as HTMLElement & { download(id: number): void }).download(id),
    id,
  );
  const coming = page.waitForEvent('download');
  await control.advance(3_600_000);
  await coming;
  expect((await control.calls()).GetAttachedFile).toBe(1);
});

test('what a download held in memory is let go, and drawing holds nothing (trap 3)', async ({ open, page }) => {
  await page.addInitScript(() => {
    const held = new Set<string>();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      const url = createObjectURL.call(URL, blob);
      held.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      held.delete(url);
      revokeObjectURL.call(URL, url);
    };
    Object.assign(window, { held });
  });
  const time = await driveTime(page);
  const widget = await open();
  const held = () => page.evaluate(() => (window as unknown as { held: Set<string> }).held.size);
  await widget.attach('a.txt');
  expect(await held(), 'nothing is held for an upload').toBe(0);
  await download(widget, 'a.txt');
  await time.pass(120_000, { step: 10_000 });
  expect(await held()).toBe(0);
});
