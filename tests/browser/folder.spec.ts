// Whole folders: dropped or chosen, their files come in and what systems leave behind does not.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './bench.ts';
import { drag } from './drag.ts';
import { sha256 } from './files.ts';

const FILES = ['first.txt', 'inner/second.txt', 'inner/deep/third.txt'];
const JUNK = ['.DS_Store', 'Thumbs.db', 'inner/desktop.ini', 'inner/._second.txt'];

/** A folder with files at three depths, and junk among them. */
function tree(path: string): string {
  mkdirSync(join(path, 'inner/deep'), { recursive: true });
  for (const name of [...FILES, ...JUNK]) writeFileSync(join(path, name), `content of ${name}`);
  return path;
}

const names = FILES.map((name) => name.split('/').at(-1) ?? '');
const hashes = FILES.map((name) => sha256(`content of ${name}`)).sort();

test('the files of a dropped folder come in, from all its depths', async ({ open, page, control }, info) => {
  const widget = await open();
  await (await drag(page, widget.panel, { files: [tree(info.outputPath('letters'))] })).drop();
  for (const name of names) await widget.reaches(name, 'approved');
  await expect(widget.rows).toHaveCount(3);
  expect((await control.objects()).map((object) => object.sha256).sort()).toEqual(hashes);
});

test('the files of a chosen folder come in, from all its depths', async ({ open, control }, info) => {
  const widget = await open();
  await expect(widget.folderInput).toHaveAccessibleDescription(/Up to 20 MB each/);
  await widget.folderInput.setInputFiles(tree(info.outputPath('letters')));
  for (const name of names) await widget.reaches(name, 'approved');
  await expect(widget.rows).toHaveCount(3);
  expect((await control.objects()).map((object) => object.sha256).sort()).toEqual(hashes);
});

test('a file and a folder dropped together both come in', async ({ open, page, control }, info) => {
  const beside = info.outputPath('beside.txt');
  writeFileSync(beside, 'beside');
  const widget = await open();
  await (await drag(page, widget.panel, { files: [beside, tree(info.outputPath('letters'))] })).drop();
  for (const name of ['beside.txt', ...names]) await widget.reaches(name, 'approved');
  expect(await control.files()).toHaveLength(4);
});

test('files of a folder are for the case that was open when it was dropped', async ({ open, page, control, place }, info) => {
  const widget = await open();
  // The script that opens folders takes its time.
  let go = () => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/unfold*.js', async (route) => {
    await held;
    await route.continue();
  });
  await (await drag(page, widget.panel, { files: [tree(info.outputPath('letters'))] })).drop();
  await widget.set({ resource: place.secondCaseArn });
  await expect(widget.panel.getByText('No files yet')).toBeVisible();
  go();
  await expect.poll(async () => (await control.files()).length).toBe(3);
  const where = new Set((await control.files()).map((file) => file.associatedResourceArn));
  expect([...where]).toEqual([place.caseArn]);
});

test('the same file and the same folder can be chosen again', async ({ open }, info) => {
  const path = info.outputPath('again.txt');
  writeFileSync(path, 'again');
  const widget = await open();
  await widget.pick(path);
  await widget.reaches('again.txt', 'approved');
  // A browser tells of no change when an input is given what it holds already.
  await expect(widget.input).toHaveValue('');
  await widget.pick(path);
  await expect(widget.row('again.txt')).toHaveCount(2);
  await widget.folderInput.setInputFiles(tree(info.outputPath('letters')));
  await widget.reaches('first.txt', 'approved');
  await expect(widget.folderInput).toHaveValue('');
});
