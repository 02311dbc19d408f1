// What a page that crashed or was closed left behind, and how the next one takes it up.
import type { Page } from '@playwright/test';
import type { Control } from '../support/control.mjs';
import { REFUSED_REQUEST, expect, test as base } from './bench.ts';
import type { Widget } from './widget.ts';

const BROKEN = /ERR_|net::/;

const test = base.extend<{ after: Widget }>({
  expected: ({}, use) => use([REFUSED_REQUEST, BROKEN]),
  /** The widget of a page that was loaded again in the middle of the upload of `left.txt`. */
  after: async ({ open, control, page }, use) => {
    const widget = await open();
    await leave(widget, control);
    await reload(page);
    await widget.ready();
    await use(widget);
  },
});

/** Brings `left.txt` into the middle of its upload. */
async function leave(widget: Widget, control: Control) {
  await control.fault('PutObject', { kind: 'stall' });
  await widget.pick({ name: 'left.txt', content: 'hello' });
  await widget.reaches('left.txt', 'uploading');
}

async function reload(page: Page) {
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
}

/** Records in the storage of the pages' origin. */
function records(page: Page): Promise<Record<string, unknown>[]> {
  return page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith('connect-attached-files:'))
      .map(([, value]) => JSON.parse(value)),
  );
}

test('an upload cut off by a reload waits to be chosen again, and is sent then', async ({
  after: widget,
  control,
  page,
}) => {
  await expect(widget.row('left.txt')).toContainText('The upload was cut off before this file was sent.');
  const old = (await widget.item('left.txt'))?.fileId;
  expect(old).toBeTruthy();
  await control.clearFaults();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    widget.button('Choose again', 'left.txt').click(),
  ]);
  expect(chooser.isMultiple()).toBe(false);
  await chooser.setFiles({ name: 'left.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await widget.reaches('left.txt', 'approved');
  await expect.poll(async () => (await control.files()).map((file: { fileId: string }) => file.fileId)).not.toContain(old);
  expect(await control.files()).toHaveLength(1);
  await expect.poll(() => records(page)).toEqual([]);
});

test('what is kept of an upload holds no URL and no content', async ({ open, control, page }) => {
  const widget = await open();
  await control.fault('PutObject', { kind: 'stall' });
  await widget.pick({ name: 'kept.txt', content: 'secret words' });
  await widget.reaches('kept.txt', 'uploading');
  const [record] = await records(page);
  expect(Object.keys(record ?? {}).sort()).toEqual(
    ['at', 'fileId', 'instanceId', 'isSent', 'name', 'resource', 'size'],
  );
  expect(JSON.stringify(record)).not.toMatch(/https?:|secret|X-Amz/);
});

test('a file whose bytes had arrived is completed by the next page without being asked', async ({
  open,
  control,
  page,
}) => {
  const widget = await open();
  await control.fault('CompleteAttachedFileUpload', { kind: 'delay', ms: 600_000 });
  await widget.pick({ name: 'sent.txt', content: 'hello' });
  await widget.reaches('sent.txt', 'completing');
  await control.clearFaults();
  await reload(page);
  await widget.reaches('sent.txt', 'approved');
  expect((await control.calls()).PutObject).toBe(1);
  expect(await control.objects()).toHaveLength(1);
});

test('Check status asks Connect once and says what it knows', async ({ after: widget }) => {
  await widget.button('Check status', 'left.txt').click();
  await expect(widget.row('left.txt')).toContainText('Amazon Connect has not received this file.');
  await expect(widget.button('Choose again', 'left.txt')).toBeVisible();
});

test('a file left behind can be discarded, and its record goes at Connect too', async ({
  after: widget,
  control,
  page,
}) => {
  await widget.button('Remove from list', 'left.txt').click();
  await expect(widget.row('left.txt')).toHaveCount(0);
  await expect.poll(() => control.files()).toEqual([]);
  await reload(page);
  await widget.ready();
  await expect(widget.rows).toHaveCount(0);
});

test('a tab that lives keeps its uploads; when it goes, another one shows them', async ({
  open,
  control,
  page,
  context,
}) => {
  const first = await open();
  await leave(first, control);
  const second = await context.newPage();
  await second.goto(page.url());
  const other = new (first.constructor as new (page: Page) => Widget)(second);
  await other.ready();
  await expect(other.rows).toHaveCount(0);
  await page.close({ runBeforeUnload: false });
  await expect(other.row('left.txt')).toContainText('The upload was cut off before this file was sent.');
});

test('what was left behind on another case is shown there, not here', async ({ open, control, page, place }) => {
  const widget = await open({ query: { resource: place.secondCaseArn } });
  await leave(widget, control);
  await page.goto('about:blank');
  const here = await open();
  await expect(here.rows).toHaveCount(0);
  await here.host.evaluate((host, arn) => host.setAttribute('resource', arn), place.secondCaseArn);
  await expect(here.row('left.txt')).toContainText('The upload was cut off before this file was sent.');
});

test('the page asks before it is left, but only while something is on its way', async ({ open, control, page }) => {
  const widget = await open();
  await widget.attach('done.txt');
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked += 1;
    void dialog.accept();
  });
  await page.reload();
  await widget.ready();
  expect(asked, 'nothing on its way').toBe(0);
  await control.fault('PutObject', { kind: 'stall' });
  await widget.pick({ name: 'busy.txt', content: 'x' });
  await widget.reaches('busy.txt', 'uploading');
  await page.reload();
  expect(asked, 'an upload on its way').toBe(1);
});
