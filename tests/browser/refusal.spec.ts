// What a rule forbids is refused before any call is made, visibly, with the reason in words.
import { mkdirSync } from 'node:fs';
import { expect, test } from './bench.ts';
import { drag } from './drag.ts';
import { heard } from './events.ts';

const refused = [
  {
    what: 'an empty file',
    name: 'empty.txt',
    content: '',
    says: 'The file is empty. Amazon Connect takes files of at least one byte.',
  },
  {
    what: 'a file one byte too large',
    name: 'large.txt',
    content: 'x'.repeat(1001),
    says: 'The file has 1,001 bytes; this instance allows up to 1,000 bytes.',
  },
  {
    what: 'a forbidden extension',
    name: 'run.EXE',
    says: 'Files of type .exe are not allowed here.',
    mayRename: true,
  },
  { what: 'a name without extension', name: 'README', says: 'The name has no extension', mayRename: true },
];

test('refused before any call, each with its reason and its size, 0 bytes as well (trap 9)', async ({ open, control, page }) => {
  await control.set({ maximumSizeLimitInBytes: 1000 });
  const widget = await open();
  const before = await control.requests();
  for (const { what, name, content = 'x', says, mayRename = false } of refused) {
    await test.step(what, async () => {
      await widget.pick({ name, content });
      await widget.reaches(name, 'invalid');
      await expect(widget.row(name)).toContainText('Not accepted');
      await expect(widget.row(name)).toContainText(says);
      const size = content.length === 1 ? '1 byte' : `${content.length.toLocaleString('en')} bytes`;
      await expect(widget.row(name)).toContainText(size);
      await expect(widget.live).toContainText(says);
      await expect(widget.row(name).getByRole('button')).toHaveText([
        ...(mayRename ? ['Rename'] : []),
        'Remove from list',
      ]);
    });
  }
  expect(await control.requests(), 'not one call was made').toEqual(before);
  expect((await heard(page, 'file-invalid')).map((event) => event.name)).toEqual(
    refused.map((file) => file.name),
  );
});

test('a dropped folder with nothing in it is refused in words, the file beside it is judged by itself (trap 16)', async ({ open, control, page }, info) => {
  const folder = info.outputPath('a folder.txt');
  mkdirSync(folder);
  const widget = await open();
  await (await drag(page, widget.panel, { files: [folder, '/etc/hostname'] })).drop();
  await widget.reaches('a folder.txt', 'invalid');
  await expect(widget.row('a folder.txt')).toContainText('Folders cannot be attached.');
  await expect(widget.row('hostname')).toContainText('The name has no extension');
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
});

test('drops are held to the rules that the picker only suggests (trap 8)', async ({ open, page }, info) => {
  const widget = await open();
  await expect(widget.input).toHaveAttribute('accept', /^\.csv,.*\.xlsx$/);
  const data = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['MZ'], 'setup.exe', { type: 'image/png' }));
    return data;
  });
  await widget.input.dispatchEvent('drop', { dataTransfer: data });
  await widget.reaches('setup.exe', 'invalid');
});

test('every reason is told at once', async ({ open }) => {
  const widget = await open();
  await widget.pick({ name: 'a\u200bb.exe', content: '' });
  await expect(widget.row('ab.exe')).toContainText('The file is empty.');
  await expect(widget.row('ab.exe')).toContainText('Files of type .exe');
  await expect(widget.row('ab.exe'), 'what was done to the name, too').toContainText('Was: a\u200bb.exe');
});

test('one refused file does not hold up the others', async ({ open }) => {
  const widget = await open();
  await widget.pick(
    { name: 'first.txt', content: '1' },
    { name: 'bad.exe', content: '2' },
    { name: 'last.txt', content: '3' },
  );
  await widget.reaches('bad.exe', 'invalid');
  await widget.reaches('first.txt', 'approved');
  await widget.reaches('last.txt', 'approved');
});

test('a host that hands in a file is held to the rules too', async ({ open }) => {
  const widget = await open();
  await widget.add({ name: 'handed.in.exe', content: 'x' });
  await widget.reaches('handed.in.exe', 'invalid');
});

test('a refused row can be taken off the list', async ({ open, control }) => {
  const widget = await open();
  await widget.pick({ name: 'bad.exe', content: 'x' });
  await widget.button('Remove from list', 'bad.exe').click();
  await expect(widget.rows).toHaveCount(0);
  await expect(widget.panel.getByText('No files yet')).toBeVisible();
  expect((await control.calls()).DeleteAttachedFile ?? 0).toBe(0);
});
