// Networks go away, stand still and come back.
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { heard } from './events.ts';
import { MIB, onDisk } from './files.ts';
import { driveTime } from './time.ts';
import { standStill, waitForRetry } from './waits.ts';

const BROKEN = /ERR_|net::|WebSocket/;

test('without a network files wait, and go by themselves when it is back', async ({
  open,
  control,
  context,
  expected,
}) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await context.setOffline(true);
  await expect(widget.panel.getByText('No network. Uploads go on by themselves')).toBeVisible();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await expect(widget.row('a.txt')).toContainText('Waiting for the network');
  expect((await widget.item('a.txt'))?.hold).toBe('offline');
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
  await context.setOffline(false);
  await widget.reaches('a.txt', 'approved');
  await expect(widget.panel.getByText('No network.')).toBeHidden();
});

test('a network that goes away in the middle of a PUT costs only time (trap 12)', async ({
  open,
  control,
  context,
  expected,
}, info) => {
  expected.push(REFUSED_REQUEST, BROKEN);
  const path = info.outputPath('long.pdf');
  onDisk(path, 16 * MIB);
  await control.set({ s3BytesPerSecond: 4 * MIB });
  const widget = await open();
  await widget.pick(path);
  await expect.poll(async () => (await widget.item('long.pdf'))?.sent ?? 0).toBeGreaterThan(0);
  await context.setOffline(true);
  await control.link(false);
  await expect(widget.row('long.pdf')).toContainText('Waiting for the network');
  await control.set({ s3BytesPerSecond: null });
  await control.link(true);
  await context.setOffline(false);
  await widget.reaches('long.pdf', 'approved');
  expect(await control.files()).toHaveLength(1);
});

test('a cut link that the browser does not notice is got over (trap 10)', async ({ open, control, expected, page }) => {
  expected.push(REFUSED_REQUEST, BROKEN);
  const time = await driveTime(page);
  const widget = await open();
  await control.link(false);
  await widget.pick({ name: 'a.txt', content: 'x' });
  await expect(widget.row('a.txt')).toContainText('Waiting to try again');
  await time.pass(3_000);
  expect((await widget.item('a.txt'))?.phase).toBe('starting');
  await control.link(true);
  await time.pass(20_000);
  await widget.reaches('a.txt', 'approved');
});

test('a PUT that stands still is told, stopped and repeated (trap 11)', async ({ open, control, expected, page }) => {
  expected.push(REFUSED_REQUEST, BROKEN);
  const time = await driveTime(page);
  const widget = await open();
  const hash = await standStill(widget, control, time, 'still.pdf');
  expect((await widget.item('still.pdf'))?.phase).toBe('uploading');
  expect((await heard(page, 'upload-stalled')).length).toBeGreaterThan(0);
  await time.pass(30_000, { step: 10_000, stuck: 1 });
  await widget.reaches('still.pdf', 'approved');
  expect(await control.objects()).toMatchObject([{ sha256: hash }]);
  expect(await control.calls()).toMatchObject({ StartAttachedFileUpload: 1, PutObject: 2 });
});

test('after a sleep the old URL is not tried again: the wall clock tells its age (trap 13, trap 24)', async ({
  open,
  control,
  page,
  expected,
}) => {
  expected.push(REFUSED_REQUEST);
  const time = await driveTime(page);
  const widget = await open();
  await waitForRetry(widget, control, 'a.txt');
  // A monotonic clock may stand still while the machine sleeps; the service's never does.
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 400_000;
  });
  await control.advance(400_000);
  await time.pass(20_000);
  await widget.reaches('a.txt', 'approved');
  expect((await control.calls()).StartAttachedFileUpload, 'a new URL').toBe(2);
  const errors = (await control.requests('PutObject')).map((request) => request.error);
  expect(errors, 'no PUT to the old URL').toEqual(['SlowDown', 'SlowDown', 'SlowDown', 'SlowDown', null]);
  await expect.poll(async () => (await control.files()).length).toBe(1);
});

test('a backend that is not there is told, and asked again on demand', async ({ goto, place, page, expected }) => {
  expected.push(REFUSED_REQUEST, BROKEN);
  const time = await driveTime(page);
  const widget = await goto({ query: { endpoint: 'http://127.0.0.1:9' } });
  await widget.stands();
  await time.pass(60_000);
  await expect(widget.panel.getByRole('alert').filter({ visible: true })).toContainText(
    'The attachment service cannot be reached.',
  );
  await widget.host.evaluate((host, endpoint) => host.setAttribute('endpoint', endpoint), place.endpoint);
  await widget.panel.getByRole('button', { name: 'Try again', exact: true }).click();
  await expect(widget.panel.getByText('No files yet')).toBeVisible();
});
