// What does not pass by itself stops at once, says what it is, and is never asked again in a loop.
import { utimesSync } from 'node:fs';
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect, test } from './bench.ts';
import { heard } from './events.ts';
import { onDisk } from './files.ts';
import { driveTime } from './time.ts';

test('a wrong signature stops at once and says what it is: no row hangs, nothing is completed (trap 2, trap 4)', async ({ open, control, expected, page }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  const fault = { kind: 'status', status: 403, code: 'SignatureDoesNotMatch' } as const;
  await control.fault('PutObject', fault, { times: null });
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'error');
  await expect(widget.row('a.txt')).toContainText("The storage refused the upload's signature.");
  await expect(widget.button('Try again', 'a.txt')).toBeHidden();
  expect((await widget.item('a.txt'))?.error).toMatchObject({
    stage: 'put',
    code: 'signature_mismatch',
    serviceCode: 'SignatureDoesNotMatch',
    retryable: false,
  });
  const calls = await control.calls();
  expect(calls).toMatchObject({ StartAttachedFileUpload: 1, PutObject: 1 });
  expect(calls.CompleteAttachedFileUpload ?? 0, 'never completed after a refusal').toBe(0);
  expect(await heard(page, 'upload-error')).toHaveLength(1);
});

test('a bucket without a CORS rule is explained', async ({ open, control, expected, page }) => {
  expected.push(REFUSED_REQUEST, BLOCKED_BY_CORS);
  const time = await driveTime(page);
  const widget = await open();
  await control.set({ s3CorsOrigins: [] });
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'uploading');
  await time.pass(60_000);
  await widget.reaches('a.txt', 'error');
  await expect(widget.row('a.txt')).toContainText('The storage never answered.');
  await expect(widget.row('a.txt')).toContainText("the bucket's CORS rule for this page");
  expect((await widget.item('a.txt'))?.error?.code).toBe('bucket_unreachable');
  const preflights = (await control.calls()).Preflight ?? 0;
  await time.pass(120_000);
  expect((await control.calls()).Preflight, 'no loop').toBe(preflights);
  await control.set({ s3CorsOrigins: ['*'] });
  await widget.button('Try again', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
});

test('a file that changed on disk is told from a broken network', async ({ open, control, expected }, info) => {
  expected.push(REFUSED_REQUEST);
  const path = info.outputPath('changing.txt');
  onDisk(path, 1000);
  const widget = await open();
  await control.fault('StartAttachedFileUpload', { kind: 'delay', ms: 60_000 });
  await widget.pick(path);
  await widget.reaches('changing.txt', 'starting');
  onDisk(path, 2000);
  // Browsers compare whole seconds.
  utimesSync(path, new Date(), new Date(Date.now() + 10_000));
  await control.advance(60_000);
  await widget.reaches('changing.txt', 'error');
  await expect(widget.row('changing.txt')).toContainText('changed, moved or deleted on your computer');
  expect((await control.calls()).CompleteAttachedFileUpload ?? 0).toBe(0);
});

const signedOut = { kind: 'status', status: 401, code: 'AccessDeniedException' } as const;

test('a sign-in that has run out is renewed by asking the host once more', async ({ open, control, expected }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await control.fault('StartAttachedFileUpload', signedOut);
  await widget.attach('a.txt');
  expect((await control.calls()).StartAttachedFileUpload).toBe(2);
});

test('a sign-in that has run out for good is told, and trying again works with a new one', async ({
  open,
  control,
  expected,
}) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await control.fault('StartAttachedFileUpload', signedOut, { times: 2 });
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'error');
  await expect(widget.row('a.txt')).toContainText('Sign in again');
  await widget.button('Try again', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
});
