// Pausing, resuming, canceling and trying again: one file, or all at once.
import { REFUSED_REQUEST, expect, test } from './bench.ts';

const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt'];
const files = names.map((name) => ({ name, content: name }));

test('one file is paused in the middle of its PUT and goes on from the start', async ({ open, control }) => {
  const widget = await open();
  await control.fault('PutObject', { kind: 'stall' });
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'uploading');
  await widget.button('Pause', 'a.txt').click();
  await expect(widget.row('a.txt')).toContainText('Paused');
  await expect(widget.button('Resume', 'a.txt')).toBeFocused();
  await widget.button('Resume', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
});

test('all are paused and resumed', async ({ open, control }) => {
  const widget = await open();
  await control.fault('PutObject', { kind: 'stall' }, { times: 3 });
  await widget.pick(...files);
  await widget.reaches('c.txt', 'uploading');
  await widget.panel.getByRole('button', { name: 'Pause all' }).click();
  for (const name of names) await expect(widget.row(name)).toContainText('Paused');
  await widget.panel.getByRole('button', { name: 'Resume all' }).click();
  for (const name of names) await widget.reaches(name, 'approved');
  await expect(widget.panel.getByRole('button', { name: 'Pause all' })).toBeHidden();
});

test('all are canceled, then tried again', async ({ open, control }) => {
  const widget = await open();
  await control.fault('PutObject', { kind: 'stall' }, { times: 3 });
  await widget.pick(...files);
  await widget.reaches('c.txt', 'uploading');
  await widget.panel.getByRole('button', { name: 'Cancel all' }).click();
  for (const name of names) await widget.reaches(name, 'canceled');
  await expect.poll(() => control.files()).toEqual([]);
  await widget.panel.getByRole('button', { name: 'Try all again' }).click();
  for (const name of names) await widget.reaches(name, 'approved');
});

test('Cancel all leaves files that wait for their verdict alone', async ({ open, control }) => {
  await control.set({ scannerSilent: true });
  const widget = await open();
  await widget.attach('sent.txt', 'x', 'scanning');
  await control.fault('PutObject', { kind: 'stall' }, { times: 2 });
  await widget.pick(...files.slice(0, 2));
  await widget.reaches('b.txt', 'uploading');
  await widget.panel.getByRole('button', { name: 'Cancel all' }).click();
  await widget.reaches('b.txt', 'canceled');
  await widget.reaches('sent.txt', 'scanning');
});

test('one file alone has no buttons for all', async ({ open, control, expected }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await control.fault('StartAttachedFileUpload', { kind: 'status', status: 403, code: 'AccessDeniedException' });
  await widget.attach('a.txt', 'x', 'error');
  await expect(widget.panel.getByRole('button', { name: /all/ })).toHaveCount(0);
});
