// What goes wrong on the way and passes is got over without anyone's help, and leaves nothing behind.
import { expect, refusing as test } from './bench.ts';
import { heard, phases } from './events.ts';
import { MIB, onDisk, sha256 } from './files.ts';

test('a lost answer of Start is asked for again by the same token: one record, not two', async ({ open, control, page }) => {
  const widget = await open();
  await control.fault('StartAttachedFileUpload', { kind: 'lostAnswer' });
  await widget.attach('a.txt');
  expect((await control.calls()).StartAttachedFileUpload).toBe(2);
  expect(await control.files()).toHaveLength(1);
  expect((await heard(page, 'upload-retry')).length).toBeGreaterThan(0);
});

test('where a token means nothing a lost answer still ends in one listed file', async ({ open, control }) => {
  await control.set({ tokenReplay: 'newFile' });
  const widget = await open();
  await control.fault('StartAttachedFileUpload', { kind: 'lostAnswer' });
  await widget.attach('a.txt');
  await expect(widget.rows).toHaveCount(1);
  const approved = (await control.files()).filter((file) => file.status === 'APPROVED');
  expect(approved).toHaveLength(1);
});

test('a lost answer of Complete ends well, whatever a second Complete is', async ({ open, control }) => {
  const widget = await open();
  for (const completeTwice of ['ok', 'invalidRequest', 'conflict']) {
    await control.set({ completeTwice });
    await control.fault('CompleteAttachedFileUpload', { kind: 'lostAnswer' });
    await widget.attach(`${completeTwice}.txt`);
  }
  expect((await control.calls()).PutObject, 'the bytes went once').toBe(3);
  expect(await control.files()).toHaveLength(3);
});

test('a PUT that is cut off is repeated on the same URL', async ({ open, control }, info) => {
  const path = info.outputPath('cut.pdf');
  const hash = onDisk(path, 5 * MIB);
  const widget = await open();
  await control.fault('PutObject', { kind: 'reset', afterBytes: 100_000 });
  await widget.pick(path);
  await widget.reaches('cut.pdf', 'approved');
  expect(await control.calls()).toMatchObject({ StartAttachedFileUpload: 1, PutObject: 2 });
  const [first, second] = await control.requests('PutObject');
  expect(second?.query).toBe(first?.query);
  expect(await control.objects()).toMatchObject([{ sha256: hash }]);
});

test('what S3 says will pass is waited out', async ({ open, control }) => {
  const passing = { SlowDown: 503, InternalError: 500, RequestTimeout: 400, TooManyRequests: 429 };
  for (const [code, status] of Object.entries(passing)) {
    await control.fault('PutObject', { kind: 'status', status, code }, { fileName: code });
  }
  const widget = await open();
  const names = Object.keys(passing).map((code) => `${code}.txt`);
  await widget.pick(...names.map((name) => ({ name, content: 'x' })));
  for (const name of names) await widget.reaches(name, 'approved');
  expect(await control.calls()).toMatchObject({ StartAttachedFileUpload: 4, PutObject: 8 });
});

test('a URL that ran out is replaced, and its record cleared away (trap 13)', async ({ open, control, page }) => {
  const widget = await open();
  await control.fault('PutObject', { kind: 'expired' });
  await widget.attach('a.txt', 'after all');
  const calls = await control.calls();
  expect(calls).toMatchObject({ StartAttachedFileUpload: 2, PutObject: 2 });
  await expect.poll(async () => (await control.files()).length, 'the old record goes').toBe(1);
  expect((await control.objects())[0]?.sha256).toBe(sha256('after all'));
  expect(await phases(page, 'a.txt')).toEqual([
    'starting',
    'uploading',
    'starting',
    'uploading',
    'completing',
    'scanning',
    'approved',
  ]);
});

test('URLs that are always too old end in words, not in a loop', async ({ open, control }) => {
  const widget = await open();
  await control.fault('PutObject', { kind: 'expired' }, { times: null });
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'error');
  await expect(widget.row('a.txt')).toContainText('The upload took longer than its address was valid.');
  expect((await control.calls()).StartAttachedFileUpload, 'at most two renewals').toBe(3);
  await control.clearFaults();
  await widget.button('Try again', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
  await expect.poll(async () => (await control.files()).length).toBe(1);
});

test('a URL signed by a clock ahead is waited for', async ({ open, control }) => {
  const widget = await open();
  await control.fault('StartAttachedFileUpload', { kind: 'clockSkew', ms: 1_500 });
  await widget.attach('a.txt');
  expect((await control.calls()).StartAttachedFileUpload).toBe(1);
});
