// The verdict is the scanner's alone, and the widget follows it without asking too much.
import { expect, test } from './bench.ts';
import { heard, phases } from './events.ts';
import { EICAR } from './files.ts';
import { driveTime } from './time.ts';

const MINUTE = 60_000;

test('the EICAR test file is rejected and offers no download', async ({ open, control, page }) => {
  const widget = await open();
  await widget.pick({ name: 'eicar.txt', content: EICAR });
  await widget.reaches('eicar.txt', 'rejected');
  await expect(widget.row('eicar.txt')).toContainText('Not allowed by the security check');
  await expect(widget.button('Download', 'eicar.txt')).toBeHidden();
  await expect(widget.button('Delete', 'eicar.txt')).toBeVisible();
  await expect(widget.live).toContainText('eicar.txt is not allowed by the security check');
  expect(await phases(page, 'eicar.txt')).not.toContain('approved');
  expect(await control.objects()).toEqual([]);
});

test('a host cannot download what was rejected either', async ({ open, control }) => {
  const widget = await open();
  await widget.attach('virus.txt', 'x', 'rejected');
  const id = (await widget.item('virus.txt'))?.id ?? 0;
  await widget.host.evaluate(
    (host, id) => (host as HTMLElement & { download(id: number): void }).download(id),
    id,
  );
  await expect(widget.row('virus.txt')).toContainText('The file is not released for download.');
  expect((await control.calls()).GetAttachedFile ?? 0).toBe(0);
});

test('a file the scanner could not process has failed and can be tried again', async ({ open, control }) => {
  const widget = await open();
  await widget.attach('scan-fails.txt', 'x', 'failed');
  await expect(widget.row('scan-fails.txt')).toContainText('Could not be processed');
  await control.set({ failNames: [] });
  await widget.button('Try again', 'scan-fails.txt').click();
  await widget.reaches('scan-fails.txt', 'approved');
  expect(await control.files(), 'the failed record is cleared away').toHaveLength(1);
});

test('sent is not yet ready: success is told only with the verdict (trap 19)', async ({ open, control, page }) => {
  await control.set({ scannerSilent: true });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'scanning');
  await expect(widget.row('a.txt')).toContainText('Being checked');
  await expect(widget.live).toContainText('a.txt uploaded, being checked');
  await expect(widget.button('Download', 'a.txt')).toBeHidden();
  expect(await heard(page, 'file-approved')).toEqual([]);
  expect(await heard(page, 'upload-complete')).toHaveLength(1);
  await control.set({ scannerSilent: false });
  await widget.reaches('a.txt', 'approved');
  await expect(widget.live).toContainText('a.txt is ready');
});

test('one poll asks for all waiting files', async ({ open, control }) => {
  await control.set({ scannerSilent: true, rateLimited: false });
  const widget = await open();
  await widget.pick(...Array.from({ length: 8 }, (_, at) => ({ name: `${at}.txt`, content: 'x' })));
  await expect(widget.rows.filter({ hasText: 'Being checked' })).toHaveCount(8);
  await control.set({ scannerSilent: false });
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(8);
  const { BatchGetAttachedFileMetadata: polls = 0, StartAttachedFileUpload: starts } = await control.calls();
  expect(starts).toBe(8);
  expect(polls, 'not one poll per file').toBeLessThan(6);
});

test('a scanner that never answers ends in a question, not in polls for ever', async ({ open, control, page }) => {
  await control.set({ scannerSilent: true, rateLimited: false });
  const time = await driveTime(page);
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'scanning');
  await time.pass(2 * MINUTE);
  await expect(widget.row('a.txt')).toContainText('Still being checked');
  await expect(widget.button('Check again', 'a.txt')).toBeVisible();
  await time.pass(14 * MINUTE, { step: 2_000 });
  await expect(widget.row('a.txt')).toContainText('No result of the check yet');
  const polls = async () => (await control.calls()).BatchGetAttachedFileMetadata ?? 0;
  const asked = await polls();
  await time.pass(5 * MINUTE, { step: 2_000 });
  expect(await polls(), 'polling has stopped').toBe(asked);
  await control.set({ scannerSilent: false });
  await widget.button('Check again', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
});

test('a hidden page asks for no verdict, a shown one at once', async ({ open, control, page }) => {
  await control.set({ scannerSilent: true, rateLimited: false });
  const time = await driveTime(page);
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'scanning');
  const show = (state: string) =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await show('hidden');
  const polls = async () => (await control.calls()).BatchGetAttachedFileMetadata ?? 0;
  const asked = await polls();
  await time.pass(MINUTE);
  expect(await polls()).toBe(asked);
  await control.set({ scannerSilent: false });
  await show('visible');
  await widget.reaches('a.txt', 'approved');
});
