// Connect takes two calls a second for the whole account: the widget waits, and loses nothing.
import { expect, refusing as test } from './bench.ts';
import { heard } from './events.ts';
import { sha256 } from './files.ts';
import { driveTime, passForBoth } from './time.ts';

const throttled = { kind: 'status', status: 429, code: 'ThrottlingException' } as const;

test('a storm of 429 delays twenty files and loses none', async ({ open, control, page }) => {
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

test('twenty files keep to the two calls a second that Connect allows, and are finished before new ones begin (trap 22)', async ({ open, control }) => {
  test.slow();
  const widget = await open();
  const made = Array.from({ length: 20 }, (_, at) => ({ name: `${at}.txt`, content: `content ${at}` }));
  await widget.pick(...made);
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(20, { timeout: 50_000 });
  const calls = await control.calls();
  expect(calls.PutObject).toBe(20);
  // Refused calls waste the account's budget: the gate must learn from the first ones.
  expect(calls.StartAttachedFileUpload).toBeLessThan(40);
  expect(calls.CompleteAttachedFileUpload).toBeLessThan(40);
  const order = (await control.requests()).filter((request) => request.status === 200);
  const nth = (operation: string, n: number) =>
    order.map((request, at) => (request.operation === operation ? at : -1)).filter((at) => at >= 0)[n - 1] ?? -1;
  expect(nth('CompleteAttachedFileUpload', 5), 'files are finished before new ones are begun').toBeLessThan(
    nth('PutObject', 15),
  );
});

test('a hundred files keep to two calls a second: no error, and no storm of refused calls', async ({ open, control, page }) => {
  test.slow();
  // The rate is Connect's; fifty files a case is not what this is about.
  await control.set({ maxFilesPerResource: null });
  const time = await driveTime(page);
  const widget = await open();
  const made = Array.from({ length: 100 }, (_, at) => ({ name: `${at}.txt`, content: `content ${at}` }));
  await widget.pick(...made);
  const approved = async () => (await widget.items()).filter((item) => item.phase === 'approved').length;
  for (let seconds = 0; seconds < 600 && (await approved()) < 100; seconds += 10) {
    await passForBoth(time, control, 10_000, 500);
  }
  expect(await approved()).toBe(100);
  expect(await heard(page, 'upload-error')).toEqual([]);
  const stored = (await control.objects()).map((object) => object.sha256).sort();
  expect(stored).toEqual(made.map((file) => sha256(file.content)).sort());
  const connect = (await control.requests()).filter((request) => request.path.startsWith('/attached-files/'));
  const refused = connect.filter((request) => request.status === 429);
  // A gate that learns: one refusal for every four files would be a storm.
  expect(refused.length).toBeLessThan(25);
});

test('a hundred files cost at most 2.3 calls to Connect each', async ({ open, control }) => {
  test.slow();
  await control.set({ maxFilesPerResource: null, rateLimited: false });
  const widget = await open();
  await widget.pick(...Array.from({ length: 100 }, (_, at) => ({ name: `${at}.txt`, content: 'x' })));
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(100, { timeout: 60_000 });
  const { PutObject, Preflight: _, ...connect } = await control.calls();
  const calls = Object.values(connect).reduce((sum, count) => sum + count, 0);
  expect(PutObject).toBe(100);
  expect(calls / 100).toBeLessThanOrEqual(2.3);
});

test('when a storm of 429 is over the pace comes back soon: thirty files do not wait for minutes', async ({ open, control, page }) => {
  await control.set({ rateLimited: false });
  const time = await driveTime(page);
  const widget = await open();
  await control.fault('StartAttachedFileUpload', throttled, { times: 10 });
  await widget.pick(...Array.from({ length: 30 }, (_, at) => ({ name: `${at}.txt`, content: 'x' })));
  const stormy = async () => ((await control.faults())[0]?.fired ?? 0) < 10;
  for (let seconds = 0; seconds < 600 && (await stormy()); seconds += 5) await time.pass(5_000);
  expect(await stormy()).toBe(false);
  // From here on every call is taken at once: twice the time that two a second would need.
  await time.pass(60_000, { step: 250 });
  expect((await control.calls()).PutObject ?? 0).toBe(30);
});
