// The element's life: turned to another case, moved, taken away, put back.
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { heard } from './events.ts';
import { driveTime } from './time.ts';
import { Widget } from './widget.ts';

/** Longer than a test, shorter than the life of an upload URL. */
const LONG = 120_000;

test('a file keeps the case it was picked for when the host turns to another', async ({
  open,
  control,
  place,
}) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'mine.txt', content: 'x' });
  await widget.reaches('mine.txt', 'uploading');
  await widget.host.evaluate((host, arn) => host.setAttribute('resource', arn), place.secondCaseArn);
  await expect(widget.row('mine.txt').getByText('On another case')).toBeVisible();
  await widget.pick({ name: 'other.txt', content: 'y' });
  await widget.reaches('other.txt', 'approved');
  await expect(widget.row('other.txt').getByText('On another case')).toBeHidden();
  await control.advance(LONG);
  await expect.poll(async () => (await control.files()).every((file) => file.status === 'APPROVED')).toBe(true);
  const where = (await control.files()).map((file) => [file.fileName, file.associatedResourceArn]);
  expect(Object.fromEntries(where)).toEqual({
    'mine.txt': place.caseArn,
    'other.txt': place.secondCaseArn,
  });
});

test('files picked in the same breath as a change of case go to the new one', async ({ open, control, place }) => {
  const widget = await open();
  await widget.host.evaluate((host, arn) => {
    host.setAttribute('resource', arn);
    (host as HTMLElement & { addFiles(files: File[]): void }).addFiles([new File(['x'], 'a.txt')]);
  }, place.secondCaseArn);
  await widget.reaches('a.txt', 'approved');
  expect(await control.files()).toMatchObject([{ associatedResourceArn: place.secondCaseArn }]);
});

test('turning to another case shows that case', async ({ open, place }) => {
  const widget = await open();
  await widget.attach('first.txt');
  await widget.host.evaluate((host, arn) => host.setAttribute('resource', arn), place.secondCaseArn);
  await expect(widget.panel.getByText('No files yet')).toBeVisible();
  await widget.host.evaluate((host, arn) => host.setAttribute('resource', arn), place.caseArn);
  await expect(widget.row('first.txt')).toContainText('Ready');
});

test('without a case nothing can be picked, and the widget says why', async ({ open, page, place }) => {
  const widget = await open();
  await widget.host.evaluate((host) => host.removeAttribute('resource'));
  await expect(widget.panel.getByText('Open a case to attach files to it.')).toBeVisible();
  await expect(widget.input).toBeDisabled();
  await widget.host.evaluate((host, arn) => host.setAttribute('resource', arn), place.caseArn);
  await expect(widget.input).toBeEnabled();
  await widget.attach('a.txt');
  expect(await page.locator('connect-attached-files').count()).toBe(1);
});

test('a moved element goes on with what it was doing', async ({ open, control, page }) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'uploading');
  await page.evaluate(() => {
    const element = document.querySelector('connect-attached-files');
    const frame = document.createElement('main');
    document.body.append(frame);
    if (element) frame.append(element);
  });
  await control.advance(LONG);
  await widget.reaches('a.txt', 'approved');
  expect(await control.calls()).toMatchObject({ StartAttachedFileUpload: 1, PutObject: 1 });
});

test('an element taken away makes no call any more', async ({ open, control, page, expected }) => {
  expected.push(REFUSED_REQUEST);
  const time = await driveTime(page);
  await control.set({ scannerSilent: true, rateLimited: false });
  await control.fault('PutObject', { kind: 'delay', ms: LONG }, { after: 1 });
  const widget = await open();
  await widget.pick({ name: 'waiting.txt', content: 'x' });
  await widget.reaches('waiting.txt', 'scanning');
  await widget.pick({ name: 'sending.txt', content: 'x' });
  await widget.reaches('sending.txt', 'uploading');
  await page.evaluate(() => document.querySelector('connect-attached-files')?.remove());
  await expect.poll(() => page.locator('connect-attached-files').count()).toBe(0);
  const before = await control.requests();
  await control.advance(LONG);
  await time.pass(300_000, { step: 5_000 });
  const after = await control.requests();
  expect(after.map((request) => request.operation)).toEqual(before.map((request) => request.operation));
  expect((await control.calls()).CompleteAttachedFileUpload, 'only that of the first file').toBe(1);
});

test('an element put back after it was taken away starts anew', async ({ open, page }) => {
  const widget = await open();
  await widget.attach('a.txt');
  await page.evaluate(async () => {
    const element = document.querySelector('connect-attached-files');
    element?.remove();
    await new Promise((resolve) => setTimeout(resolve));
    if (element) document.body.append(element);
  });
  await widget.ready();
  await expect(widget.row('a.txt')).toContainText('Ready');
  await expect(widget.panel).toHaveCount(1);
  await widget.attach('b.txt');
});

test('twenty times put up and taken down leaves one panel and no listener behind', async ({ open, page }) => {
  const widget = await open();
  await page.evaluate(async () => {
    const element = document.querySelector('connect-attached-files') as HTMLElement;
    for (let n = 0; n < 20; n += 1) {
      element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      document.body.append(element);
      await (element as HTMLElement & { ready: Promise<void> }).ready;
    }
  });
  await widget.ready();
  await widget.attach('a.txt');
  await expect(widget.panel).toHaveCount(1);
  expect(await heard(page, 'file-added')).toHaveLength(1);
});

test('two widgets on one page end apart', async ({ goto, page, place }) => {
  await goto({ page: 'two.html', query: { first: place.caseArn, second: place.secondCaseArn } });
  const second = new Widget(page, '#second');
  await second.ready();
  await page.evaluate(() => document.querySelector('#first')?.remove());
  await second.attach('still.txt');
});
