// Stopping an upload leaves nothing behind, wherever it stood.
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { MIB, onDisk } from './files.ts';

/** Longer than any test, shorter than the life of an upload URL. */
const LONG = 120_000;

test('while bytes are moving', async ({ open, control }, info) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const path = info.outputPath('big.pdf');
  onDisk(path, 5 * MIB);
  const widget = await open();
  await widget.pick(path);
  await widget.reaches('big.pdf', 'uploading');
  await widget.button('Cancel', 'big.pdf').click();
  await widget.reaches('big.pdf', 'canceled');
  await expect.poll(async () => control.files(), 'the record is deleted').toEqual([]);
  expect((await control.calls()).CompleteAttachedFileUpload ?? 0).toBe(0);
});

test('while Start is on its way: its record is deleted when the answer comes', async ({ open, control }) => {
  await control.fault('StartAttachedFileUpload', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'starting');
  await widget.button('Cancel', 'a.txt').click();
  await widget.reaches('a.txt', 'canceled');
  await control.advance(LONG);
  await expect.poll(async () => (await control.calls()).DeleteAttachedFile).toBe(1);
  expect(await control.files()).toEqual([]);
  expect((await control.calls()).PutObject ?? 0).toBe(0);
});

test('while Complete is on its way', async ({ open, control }) => {
  await control.fault('CompleteAttachedFileUpload', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'completing');
  await widget.button('Cancel', 'a.txt').click();
  // Complete may take effect all the same, so the file is deleted rather than forgotten; its row stays.
  await widget.reaches('a.txt', 'canceled');
  await expect.poll(async () => control.files()).toEqual([]);
  await control.advance(LONG);
  expect(await control.objects()).toEqual([]);
});

test('while waiting its turn: no call was ever made', async ({ open, control }) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open({ query: { concurrency: '1' } });
  await widget.pick({ name: 'first.txt', content: 'x' }, { name: 'second.txt', content: 'x' });
  await widget.reaches('first.txt', 'uploading');
  await widget.reaches('second.txt', 'queued');
  await expect(widget.row('second.txt')).toContainText('Waiting its turn');
  await widget.button('Cancel', 'second.txt').click();
  await widget.reaches('second.txt', 'canceled');
  expect((await control.calls()).StartAttachedFileUpload).toBe(1);
  await control.advance(LONG);
  await widget.reaches('first.txt', 'approved');
  expect(await control.files()).toHaveLength(1);
});

test('a canceled file can be tried again, and then taken off the list', async ({ open, control, expected }) => {
  expected.push(REFUSED_REQUEST);
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'uploading');
  await widget.button('Cancel', 'a.txt').click();
  await widget.reaches('a.txt', 'canceled');
  await expect(widget.row('a.txt')).toContainText('Canceled');
  await widget.button('Try again', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
  await expect.poll(async () => (await control.files()).length).toBe(1);
});

test('all at once, by the host', async ({ open, control }) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG }, { times: null });
  const widget = await open();
  await widget.pick(...['1.txt', '2.txt', '3.txt', '4.txt'].map((name) => ({ name, content: 'x' })));
  await widget.reaches('3.txt', 'uploading');
  await widget.host.evaluate((host) => (host as HTMLElement & { cancel(): void }).cancel());
  await expect(widget.rows.filter({ hasText: 'Canceled' })).toHaveCount(4);
  await expect.poll(async () => control.files()).toEqual([]);
});

test('pausing holds an upload, resuming sends it', async ({ open, control }) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'uploading');
  const call = (name: 'pause' | 'resume') =>
    widget.host.evaluate(
      (host, name) => (host as unknown as Record<string, () => void>)[name]?.(),
      name,
    );
  await call('pause');
  await expect(widget.row('a.txt')).toContainText('Paused');
  expect((await widget.item('a.txt'))?.hold).toBe('paused');
  await call('resume');
  await widget.reaches('a.txt', 'approved');
  expect((await control.calls()).StartAttachedFileUpload, 'on the URL it had').toBe(1);
});
