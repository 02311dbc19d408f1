// What a host sets beside the case: tags, a limit for all files together, the camera.
import { expect, test } from './bench.ts';
import { seed } from './seed.ts';

test('all files together keep to the size the host names', async ({ open, control, place }) => {
  await seed(place, 'there.txt', '1234567890');
  const widget = await open();
  await widget.set({ 'max-total-bytes': '20' });
  await expect(widget.panel.getByText('Up to 20 bytes together. 1 file.')).toBeVisible();
  expect(await widget.limits()).toMatchObject({ maxTotalBytes: 20 });
  await widget.pick({ name: 'fits.txt', content: '1234567890' }, { name: 'too much.txt', content: '1' });
  await widget.reaches('too much.txt', 'invalid');
  await expect(widget.row('too much.txt')).toContainText('the files of this case would be more than 20 bytes together');
  expect((await widget.item('too much.txt'))?.refusals).toEqual([{ rule: 'total-size', maxBytes: 20 }]);
  await widget.reaches('fits.txt', 'approved');
  expect(await control.files()).toHaveLength(2);
});

test('the number of files on the case is told beside the most there may be', async ({ open, place }) => {
  for (const name of ['1.txt', '2.txt', 'virus.txt']) await seed(place, name);
  const widget = await open({ query: { 'max-files': '50' } });
  await expect(widget.panel.locator('.caf-limits')).toHaveText(/Up to 20 MB each\. 2 of 50 files\.$/);
  await widget.attach('3.txt');
  await expect(widget.panel.locator('.caf-limits')).toHaveText(/3 of 50 files\.$/);
  await widget.call('delete', (await widget.item('1.txt'))?.id ?? 0);
  await expect(widget.panel.locator('.caf-limits')).toHaveText(/2 of 50 files\.$/);
});

test('tags of the host go with the files added from then on, those of a call with its own', async ({ open, control }) => {
  const widget = await open();
  await widget.attach('before.txt');
  await widget.host.evaluate((host) => {
    type Host = HTMLElement & {
      tags: Record<string, string>;
      addFiles(files: File[], options?: { tags: Record<string, string> }): void;
    };
    (host as Host).tags = { team: 'claims', origin: 'agent' };
    (host as Host).addFiles([new File(['x'], 'own.txt')], { tags: { origin: 'scanner' } });
  });
  await widget.pick({ name: 'picked.txt', content: 'x' });
  for (const name of ['own.txt', 'picked.txt']) await widget.reaches(name, 'approved');
  const tags = Object.fromEntries((await control.files()).map((file) => [file.fileName, file.tags ?? {}]));
  expect(tags).toEqual({
    'before.txt': {},
    'own.txt': { team: 'claims', origin: 'scanner' },
    'picked.txt': { team: 'claims', origin: 'agent' },
  });
});

test('the camera is passed on to the picker of files, not to that of folders, and can be switched off', async ({ open }) => {
  const widget = await open();
  await expect(widget.input).not.toHaveAttribute('capture');
  await widget.set({ capture: 'environment' });
  await expect(widget.input).toHaveAttribute('capture', 'environment');
  await expect(widget.folderInput).not.toHaveAttribute('capture');
  await widget.set({ capture: null });
  await expect(widget.input).not.toHaveAttribute('capture');
});

test('a program behind a harmless extension is sent with a warning', async ({ open }) => {
  const widget = await open();
  await widget.pick({ name: 'invoice.exe.pdf', content: '%PDF-1.7' }, { name: 'v1.2.pdf', content: '%PDF-1.7' });
  await widget.reaches('invoice.exe.pdf', 'approved');
  await expect(widget.row('invoice.exe.pdf')).toContainText('The name has two extensions');
  expect((await widget.item('invoice.exe.pdf'))?.warnings).toEqual([{ kind: 'double-extension' }]);
  await widget.reaches('v1.2.pdf', 'approved');
  expect((await widget.item('v1.2.pdf'))?.warnings).toEqual([]);
});

test('density is the host\'s choice', async ({ open }) => {
  const widget = await open();
  await widget.pick({ name: 'run.exe', content: 'x' });
  const height = async () => (await widget.row('run.exe').boundingBox())?.height ?? 0;
  await expect(widget.rows).toHaveCount(1);
  const comfortable = await height();
  await widget.set({ density: 'dense' });
  await expect(widget.panel).toHaveAttribute('data-density', 'dense');
  expect(await height()).toBeLessThan(comfortable);
});
