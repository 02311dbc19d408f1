// What the case holds already is listed when the widget opens.
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { seed } from './seed.ts';

test('files of the case are listed with name, size and state', async ({ open, control, place }) => {
  await seed(place, 'older.pdf', 'x'.repeat(1536));
  await seed(place, 'virus.txt');
  await seed(place, 'scan-fails.txt');
  await seed(place, 'elsewhere.txt', 'x', place.secondCaseArn);
  await control.set({ scanDelayMs: 1_000_000 });
  await seed(place, 'waiting.txt');
  const widget = await open();
  await expect(widget.rows).toHaveCount(4);
  await expect(widget.row('older.pdf')).toContainText('1.5 kB');
  await expect(widget.row('older.pdf')).toContainText('Ready');
  await expect(widget.row('virus.txt')).toContainText('Not allowed by the security check');
  await expect(widget.row('scan-fails.txt')).toContainText('Could not be processed');
  await expect(widget.row('waiting.txt')).toContainText('Being checked');
  expect(await widget.items()).toMatchObject(
    Array.from({ length: 4 }, () => ({ isLocal: false, resource: place.caseArn, createdAt: /Z$/ })).map(
      ({ createdAt: _, ...item }) => item,
    ),
  );
  const calls = await control.calls();
  expect(calls.SearchRelatedItems).toBe(1);
  await control.advance(1_000_000);
  await widget.reaches('waiting.txt', 'approved');
});

test('an empty case says so', async ({ open }) => {
  const widget = await open();
  await expect(widget.panel.getByText('No files yet')).toBeVisible();
  await expect(widget.list).toBeHidden();
});

test('a case with more than one page of files is listed whole', async ({ open, control, place }) => {
  await control.set({ rateLimited: false, maxFilesPerResource: null });
  for (let n = 0; n < 53; n += 1) await seed(place, `${n}.txt`, `content ${n}`);
  await control.set({ rateLimited: true });
  const before = await control.calls();
  const widget = await open();
  await expect(widget.rows).toHaveCount(53);
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(53);
  const after = await control.calls();
  expect(after.SearchRelatedItems, 'three pages of 25').toBe(3);
  expect((after.BatchGetAttachedFileMetadata ?? 0) - (before.BatchGetAttachedFileMetadata ?? 0)).toBe(1);
});

test('a list with gaps and with files just deleted is still a list', async ({ open, control, place }) => {
  await control.set({ relatedItemsSparse: true, relatedItemLingersMs: 60_000 });
  await seed(place, 'kept.txt');
  const id = await seed(place, 'gone.txt');
  const query = `?associatedResourceArn=${encodeURIComponent(place.caseArn)}`;
  await fetch(`${place.endpoint}/attached-files/${place.instanceId}/${id}${query}`, { method: 'DELETE' });
  const widget = await open();
  await expect(widget.rows).toHaveCount(1);
  await expect(widget.row('kept.txt')).toContainText('Ready');
});

test('a list that cannot be read is told, and can be asked for again', async ({ open, control, place, expected }) => {
  expected.push(REFUSED_REQUEST);
  await seed(place, 'there.txt');
  await control.fault('SearchRelatedItems', { kind: 'status', status: 403, code: 'AccessDeniedException' });
  const widget = await open();
  const alert = widget.panel.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(alert).toContainText('You are not allowed to do this on this case.');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(widget.row('there.txt')).toContainText('Ready');
  await expect(alert).toBeHidden();
});

test('uploads work beside a list that cannot be read', async ({ open, control, expected }) => {
  expected.push(REFUSED_REQUEST);
  const denied = { kind: 'status', status: 403, code: 'AccessDeniedException' } as const;
  await control.fault('SearchRelatedItems', denied, { times: null });
  const widget = await open();
  await widget.attach('new.txt');
});

test('what others attach shows up on refresh, once', async ({ open, place }) => {
  const widget = await open();
  await widget.attach('mine.txt');
  await seed(place, 'theirs.txt');
  await widget.host.evaluate((host) => (host as HTMLElement & { refresh(): void }).refresh());
  await expect(widget.row('theirs.txt')).toContainText('Ready');
  await expect(widget.rows).toHaveCount(2);
});

test('a status that the service does not document breaks nothing (trap 23)', async ({ open, control, place }) => {
  await control.set({ relatedItemAppears: 'start' });
  const query = `?associatedResourceArn=${encodeURIComponent(place.caseArn)}`;
  await fetch(`${place.endpoint}/attached-files/${place.instanceId}${query}`, {
    method: 'PUT',
    body: JSON.stringify({ FileName: 'odd.txt', FileSizeInBytes: 1, FileUseCaseType: 'ATTACHMENT' }),
  });
  for (const status of ['PENDING_UPLOAD', 'UPLOAD_EXPIRED', 'DRAFTING', 'SOMETHING_NEW']) {
    await test.step(status, async () => {
      await control.set({ statusBeforeComplete: status });
      const widget = await open();
      await expect(widget.row('odd.txt')).toBeVisible();
      await expect(widget.button('Download', 'odd.txt')).toBeHidden();
    });
  }
  const widget = await open();
  await widget.attach('new.txt');
});
