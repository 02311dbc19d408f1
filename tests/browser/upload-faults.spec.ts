// What goes wrong on the way and passes is got over without anyone's help, and without leaving anything behind.
import { utimesSync } from 'node:fs';
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect, test } from './bench.ts';
import { heard, phases } from './events.ts';
import { MIB, onDisk, sha256 } from './files.ts';
import { driveTime } from './time.ts';

const throttled = { kind: 'status', status: 429, code: 'ThrottlingException' } as const;

test('a lost answer of Start is asked for again by the same token: one record, not two', async ({
  open,
  control,
  expected,
  page,
}) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await control.fault('StartAttachedFileUpload', { kind: 'lostAnswer' });
  await widget.attach('a.txt');
  expect((await control.calls()).StartAttachedFileUpload).toBe(2);
  expect(await control.files()).toHaveLength(1);
  expect((await heard(page, 'upload-retry')).length).toBeGreaterThan(0);
});

test('where a token means nothing a lost answer still ends in one listed file', async ({
  open,
  control,
  expected,
}) => {
  expected.push(REFUSED_REQUEST);
  await control.set({ tokenReplay: 'newFile' });
  const widget = await open();
  await control.fault('StartAttachedFileUpload', { kind: 'lostAnswer' });
  await widget.attach('a.txt');
  await expect(widget.rows).toHaveCount(1);
  const approved = (await control.files()).filter((file) => file.status === 'APPROVED');
  expect(approved).toHaveLength(1);
});

for (const completeTwice of ['ok', 'invalidRequest', 'conflict']) {
  test(`a lost answer of Complete ends well when a second Complete is "${completeTwice}"`, async ({
    open,
    control,
    expected,
  }) => {
    expected.push(REFUSED_REQUEST);
    await control.set({ completeTwice });
    const widget = await open();
    await control.fault('CompleteAttachedFileUpload', { kind: 'lostAnswer' });
    await widget.attach('a.txt');
    expect((await control.calls()).PutObject, 'the bytes went once').toBe(1);
    expect(await control.files()).toHaveLength(1);
  });
}

test('a PUT that is cut off is repeated on the same URL', async ({ open, control, expected }, info) => {
  expected.push(REFUSED_REQUEST);
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

for (const { code, status } of [
  { code: 'SlowDown', status: 503 },
  { code: 'InternalError', status: 500 },
  { code: 'RequestTimeout', status: 400 },
  { code: 'TooManyRequests', status: 429 },
]) {
  test(`S3's ${code} is waited out`, async ({ open, control, expected }) => {
    expected.push(REFUSED_REQUEST);
    const widget = await open();
    await control.fault('PutObject', { kind: 'status', status, code });
    await widget.attach('a.txt');
    expect(await control.calls()).toMatchObject({ StartAttachedFileUpload: 1, PutObject: 2 });
  });
}

test('a URL that ran out is replaced, and its record cleared away', async ({ open, control, expected, page }) => {
  expected.push(REFUSED_REQUEST);
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

test('URLs that are always too old end in words, not in a loop', async ({ open, control, expected }) => {
  expected.push(REFUSED_REQUEST);
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

test('a URL signed by a clock ahead is waited for', async ({ open, control, expected }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await control.fault('StartAttachedFileUpload', { kind: 'clockSkew', ms: 1_500 });
  await widget.attach('a.txt');
  expect((await control.calls()).StartAttachedFileUpload).toBe(1);
});

test('a wrong signature stops at once and says what it is', async ({ open, control, expected, page }) => {
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

test('a storm of 429 delays twenty files and loses none', async ({ open, control, expected, page }) => {
  expected.push(REFUSED_REQUEST);
  const time = await driveTime(page);
  const widget = await open();
  for (const operation of [
    'StartAttachedFileUpload',
    'CompleteAttachedFileUpload',
    'BatchGetAttachedFileMetadata',
  ] as const) {
    await control.fault(operation, throttled, { times: 4 });
  }
  await control.set({ rateLimited: false });
  const made = Array.from({ length: 20 }, (_, at) => ({ name: `${at}.txt`, content: `content ${at}` }));
  await widget.pick(...made);
  await expect
    .poll(
      async () => {
        await time.pass(20_000);
        return (await widget.items()).filter((item) => item.phase === 'approved').length;
      },
      { timeout: 20_000 },
    )
    .toBe(20);
  expect(await control.files()).toHaveLength(20);
  expect((await heard(page, 'upload-error')).length).toBe(0);
});

test('twenty files keep to the two calls a second that Connect allows', async ({ open, control, expected }) => {
  test.slow();
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  const made = Array.from({ length: 20 }, (_, at) => ({ name: `${at}.txt`, content: `content ${at}` }));
  await widget.pick(...made);
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(20, { timeout: 50_000 });
  const calls = await control.calls();
  expect(calls.PutObject).toBe(20);
  // Refused calls waste the account's budget: the gate must learn from the first ones.
  expect(calls.StartAttachedFileUpload).toBeLessThan(40);
  expect(calls.CompleteAttachedFileUpload).toBeLessThan(40);
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

test('a sign-in that has run out is told, and trying again works with a new one', async ({
  open,
  control,
  expected,
}) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await control.fault('StartAttachedFileUpload', {
    kind: 'status',
    status: 401,
    code: 'AccessDeniedException',
  });
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'error');
  await expect(widget.row('a.txt')).toContainText('Sign in again');
  await widget.button('Try again', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
});
