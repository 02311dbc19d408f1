// Manual start: files wait until somebody sends them.
import { REFUSED_REQUEST, expect, test } from './bench.ts';

const names = ['a.txt', 'b.txt', 'c.txt'];

test.beforeEach(({ control }) => control.set({ rateLimited: false }) as Promise<void>);

test('nothing is sent before somebody says so, to one file or to all', async ({ open, control }) => {
  const widget = await open();
  await widget.set({ 'manual-start': '' });
  await widget.pick(...names.map((name) => ({ name, content: name })));
  for (const name of names) await expect(widget.row(name)).toContainText('Ready to upload');
  expect(await widget.item('a.txt')).toMatchObject({ phase: 'queued', hold: 'manual' });
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
  await widget.button('Upload', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
  expect((await control.calls()).StartAttachedFileUpload).toBe(1);
  for (const name of ['b.txt', 'c.txt']) await expect(widget.row(name)).toContainText('Ready to upload');
  await widget.tool('Upload all').click();
  for (const name of names) await widget.reaches(name, 'approved');
  await expect(widget.tool('Upload all')).toBeHidden();
  expect(await control.files()).toHaveLength(3);
});

test('the host can start them too', async ({ open, control }) => {
  const widget = await open();
  await widget.set({ 'manual-start': '' });
  await widget.pick(...names.map((name) => ({ name, content: name })));
  await expect(widget.tool('Upload all')).toBeVisible();
  await widget.call('upload');
  for (const name of names) await widget.reaches(name, 'approved');
  expect(await control.files()).toHaveLength(3);
});

test('a file that waits can be renamed, or taken back without a call', async ({ open, control, page }) => {
  const widget = await open();
  await widget.set({ 'manual-start': '' });
  await widget.pick({ name: 'a.txt', content: 'x' }, { name: 'b.txt', content: 'x' });
  await widget.button('Cancel', 'b.txt').click();
  await widget.reaches('b.txt', 'canceled');
  await widget.button('Rename', 'a.txt').click();
  await widget.field('a.txt');
  await page.keyboard.type('better');
  await page.keyboard.press('Enter');
  await expect(widget.row('better.txt'), 'it still waits').toContainText('Ready to upload');
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
  await widget.button('Upload', 'better.txt').click();
  await widget.reaches('better.txt', 'approved');
  expect((await control.files()).map((file) => file.fileName)).toEqual(['better.txt']);
});

test('a file that failed does not wait for its start once more', async ({ open, control, expected }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await widget.set({ 'manual-start': '' });
  await control.fault('PutObject', { kind: 'expired' }, { times: 3 });
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.button('Upload', 'a.txt').click();
  await widget.reaches('a.txt', 'error');
  await widget.button('Try again', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
});
