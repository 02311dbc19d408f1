// Looking at approved files, and saving all of them, through the panel.
import { readFile } from 'node:fs/promises';
import { unzip } from '../../pkg/test/support/unzip.mjs';
import { expect, refusing, test } from './bench.ts';
import { focused } from './focus.ts';
import { seed } from './seed.ts';

test('an approved text is shown in a dialog, fetched anew, and the focus comes back', async ({ open, page, control }) => {
  const widget = await open();
  await widget.attach('notes.txt', 'what it says');
  await widget.button('Preview', 'notes.txt').click();
  const dialog = widget.host.getByRole('dialog', { name: 'notes.txt' });
  await expect(dialog.locator('pre')).toHaveText('what it says');
  expect(await control.calls()).toMatchObject({ GetAttachedFile: 1, GetObject: 1 });
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await focused(page)).toBe('Preview: notes.txt');
  await widget.reaches('notes.txt', 'approved');
});

test('from the preview a file is downloaded', async ({ open, page, place }) => {
  await seed(place, 'notes.txt', 'what it says');
  const widget = await open();
  await widget.button('Preview', 'notes.txt').click();
  const dialog = widget.host.getByRole('dialog', { name: 'notes.txt' });
  const coming = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  expect(await readFile(await (await coming).path(), 'utf8')).toBe('what it says');
});

test('only what can be shown and is approved has a preview', async ({ open, place }) => {
  for (const name of ['sheet.xlsx', 'picture.png', 'virus.txt']) await seed(place, name);
  const widget = await open();
  await expect(widget.rows).toHaveCount(3);
  await expect(widget.button('Preview', 'picture.png')).toBeVisible();
  await expect(widget.button('Preview', 'sheet.xlsx')).toBeHidden();
  await expect(widget.button('Preview', 'virus.txt')).toBeHidden();
});

refusing('a preview that cannot be fetched says so in the dialog, its row says why, and the file stays', async ({ open, control, page }) => {
  const widget = await open();
  await widget.attach('notes.txt');
  await control.fault('GetAttachedFile', { kind: 'status', status: 403, code: 'AccessDeniedException' });
  await widget.button('Preview', 'notes.txt').click();
  const dialog = widget.host.getByRole('dialog', { name: 'notes.txt' });
  await expect(dialog.getByRole('alert')).toHaveText('The file could not be loaded. Close this and try again.');
  await page.keyboard.press('Escape');
  await expect(widget.row('notes.txt')).toContainText('You are not allowed to do this on this case.');
  await widget.reaches('notes.txt', 'approved');
});

test('Download all saves the approved files as one zip, two of one name kept apart', async ({ open, control, place, page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await seed(place, 'a.txt', 'first');
  await seed(place, 'A.txt', 'second');
  await seed(place, 'virus.txt', 'not this');
  await seed(place, 'Grüße.pdf', 'third');
  const widget = await open();
  await expect(widget.rows).toHaveCount(4);
  const coming = page.waitForEvent('download');
  await widget.tool('Download all').click();
  const zip = await coming;
  expect(zip.suggestedFilename()).toBe('case-files.zip');
  const inside = unzip(await readFile(await zip.path()));
  expect(Object.values(inside).sort()).toEqual(['first', 'second', 'third']);
  expect(Object.keys(inside)).toContain('Grüße.pdf');
  expect(new Set(Object.keys(inside).map((name) => name.toLowerCase())).size).toBe(3);
  expect((await control.calls()).GetAttachedFile, 'each once').toBe(3);
});

test('where the browser lets a place be chosen, the zip is written there', async ({ open, place, page }) => {
  await page.addInitScript(() => {
    const chunks: Uint8Array[] = [];
    const createWritable = async () => new WritableStream({ write: (chunk: Uint8Array) => void chunks.push(chunk) });
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
      Object.assign(window, { suggestedName, isActive: navigator.userActivation.isActive });
      return { createWritable };
    };
    const zip = () => chunks.flatMap((chunk) => [...chunk]);
    Object.assign(window, { showSaveFilePicker, zip });
  });
  await seed(place, 'a.txt', 'first');
  await seed(place, 'b.txt', 'second');
  const widget = await open();
  await widget.tool('Download all').click();
  const written = () => page.evaluate(() => (window as unknown as { zip(): number[] }).zip());
  await expect.poll(async () => Buffer.from(await written()).lastIndexOf('PK\x05\x06')).toBeGreaterThan(0);
  expect(unzip(Buffer.from(await written()))).toEqual({ 'a.txt': 'first', 'b.txt': 'second' });
  expect(await page.evaluate(() => (window as unknown as { isActive: boolean }).isActive), 'inside the click').toBe(true);
});

refusing('a file that cannot be fetched is named inside the zip', async ({ open, control, place, page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await seed(place, 'here.txt', 'here');
  await seed(place, 'lost.txt', 'lost');
  const widget = await open();
  await expect(widget.rows).toHaveCount(2);
  const denied = { kind: 'status', status: 403, code: 'AccessDenied' } as const;
  await control.fault('GetObject', denied, { fileName: 'lost', times: null });
  const coming = page.waitForEvent('download');
  await widget.tool('Download all').click();
  const inside = unzip(await readFile(await (await coming).path()));
  expect(Object.keys(inside).sort()).toEqual(['MISSING.txt', 'here.txt']);
  expect(inside['MISSING.txt']).toMatch(/^These files could not be downloaded:\r\n\r\nlost\.txt\r\n$/);
});

test('one approved file has no Download all', async ({ open, place }) => {
  await seed(place, 'a.txt');
  const widget = await open();
  await expect(widget.rows).toHaveCount(1);
  await expect(widget.tool('Download all')).toBeHidden();
});
