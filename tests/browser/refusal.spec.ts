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
    says: 'this instance allows up to 1000 B',
  },
  { what: 'a forbidden extension', name: 'run.EXE', says: 'Files of type .exe are not allowed here.' },
  { what: 'a name without extension', name: 'README', says: 'The name has no extension' },
  {
    what: 'a joined emoji, which contains U+200D,',
    name: 'family 👨\u200d👩\u200d👧.txt',
    says: 'invisible or special characters that Amazon Connect does not take (U+200D)',
  },
  {
    what: 'marks of direction in a copied name',
    name: '\u200eabc\u202e.txt',
    says: '(U+200E, U+202E)',
  },
  {
    what: 'a name of 257 characters',
    name: `${'n'.repeat(253)}.txt`,
    says: 'The name has 257 characters; at most 256 are allowed.',
  },
];

test('refused before any call, each with its reason and its size, 0 B as well (trap 9)', async ({ open, control, page }) => {
  await control.set({ maximumSizeLimitInBytes: 1000 });
  const widget = await open();
  const before = await control.requests();
  for (const { what, name, content = 'x', says } of refused) {
    await test.step(what, async () => {
      await widget.pick({ name, content });
      await widget.reaches(name, 'invalid');
      await expect(widget.row(name)).toContainText('Not accepted');
      await expect(widget.row(name)).toContainText(says);
      await expect(widget.row(name)).toContainText(`${content.length} B`);
      await expect(widget.live).toContainText(says);
      await expect(widget.row(name).getByRole('button')).toHaveCount(1);
      await expect(widget.button('Remove from list', name)).toBeVisible();
    });
  }
  expect(await control.requests(), 'not one call was made').toEqual(before);
  expect((await heard(page, 'file-invalid')).map((event) => event.name)).toEqual(
    refused.map((file) => file.name),
  );
});

test('a dropped folder is refused in words, the files beside it are not (trap 16)', async ({ open, control, page }, info) => {
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
  await expect(widget.row('a\u200bb.exe')).toContainText('The file is empty.');
  await expect(widget.row('a\u200bb.exe')).toContainText('Files of type .exe');
  await expect(widget.row('a\u200bb.exe')).toContainText('U+200B');
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
