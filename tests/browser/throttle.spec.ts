// Connect takes two calls a second for the whole account: the widget waits, and loses nothing.
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { heard } from './events.ts';
import { driveTime } from './time.ts';

const throttled = { kind: 'status', status: 429, code: 'ThrottlingException' } as const;

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

test('twenty files keep to the two calls a second that Connect allows, and are finished before new ones begin (trap 22)', async ({ open, control, expected }) => {
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
  const order = (await control.requests()).filter((request) => request.status === 200);
  const nth = (operation: string, n: number) =>
    order.map((request, at) => (request.operation === operation ? at : -1)).filter((at) => at >= 0)[n - 1] ?? -1;
  expect(nth('CompleteAttachedFileUpload', 5), 'files are finished before new ones are begun').toBeLessThan(
    nth('PutObject', 15),
  );
});
