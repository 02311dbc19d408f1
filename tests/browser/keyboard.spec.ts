// Everything that a mouse can do, keys can do, and the focus is never lost.
import { expect, test } from './bench.ts';
import { focused } from './focus.ts';
import { seed } from './seed.ts';
import { UNDO_MS, driveTime, type Time } from './time.ts';
import type { Widget } from './widget.ts';

const LONG = 120_000;

/** Deletes the focused row's file by keys alone, and lets the time for an undo pass. */
async function deleteByKeys(widget: Widget, time: Time) {
  await widget.page.keyboard.press('Enter');
  await expect(widget.dialog).toBeVisible();
  expect(await focused(widget.page), 'the harmless answer comes first').toBe('Keep');
  await widget.page.keyboard.press('Tab');
  expect(await focused(widget.page)).toBe('Delete');
  await widget.page.keyboard.press('Space');
  await expect(widget.dialog).toBeHidden();
  await expect.poll(() => focused(widget.page), 'it can be taken back by the next key').toMatch(/^Undo: /);
  await time.pass(UNDO_MS);
}

test('choosing, canceling, trying again, keeping and deleting go by keys alone', async ({ open, control, page }) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const time = await driveTime(page);
  const widget = await open();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Choose files');
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await choosing).setFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
  await widget.reaches('a.txt', 'uploading');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Choose folder');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Pause: a.txt');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Cancel: a.txt');
  await page.keyboard.press('Enter');
  await widget.reaches('a.txt', 'canceled');
  await expect.poll(() => focused(page), 'the focus stays in the row').toMatch(/: a\.txt$/);
  await widget.button('Try again', 'a.txt').focus();
  await page.keyboard.press('Space');
  await widget.reaches('a.txt', 'approved');
  await expect.poll(() => focused(page)).toMatch(/: a\.txt$/);
  await widget.button('Delete', 'a.txt').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(widget.dialog).toBeHidden();
  expect(await focused(page), 'kept, and back where it was').toBe('Delete: a.txt');
  await deleteByKeys(widget, time);
  await expect(widget.rows).toHaveCount(0);
  await expect.poll(() => focused(page), 'nothing is left but the picker').toBe('Choose files');
  expect(await control.files()).toEqual([]);
});

test('the focus goes to the next row, then to the one before, then to the picker', async ({ open, page, place }) => {
  for (const name of ['1.txt', '2.txt', '3.txt']) await seed(place, name);
  const time = await driveTime(page);
  const widget = await open();
  const order = await widget.rows.locator('bdi').allTextContents();
  expect(order).toHaveLength(3);
  const [first, second, third] = order as [string, string, string];
  await widget.button('Delete', second).focus();
  await deleteByKeys(widget, time);
  await expect(widget.row(second)).toHaveCount(0);
  await expect.poll(() => focused(page), 'the next row').toContain(third);
  await widget.button('Delete', third).focus();
  await deleteByKeys(widget, time);
  await expect(widget.row(third)).toHaveCount(0);
  await expect.poll(() => focused(page), 'there is no next row').toContain(first);
  await widget.button('Delete', first).focus();
  await deleteByKeys(widget, time);
  await expect(widget.rows).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('Choose files');
});

test('a row taken off the list hands its focus on', async ({ open, page }) => {
  const widget = await open();
  await widget.pick({ name: 'bad.exe', content: 'x' }, { name: 'worse.exe', content: 'x' });
  const [first, second] = (await widget.rows.locator('bdi').allTextContents()) as [string, string];
  await widget.button('Remove from list', first).focus();
  await page.keyboard.press('Enter');
  await expect(widget.row(first)).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe(`Rename: ${second}`);
  await page.keyboard.press('Delete');
  await expect.poll(() => focused(page)).toBe('Choose files');
});

test('a row that changes by itself does not steal or lose the focus', async ({ open, control, page }) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'uploading');
  await widget.button('Cancel', 'a.txt').focus();
  await control.advance(LONG);
  await widget.reaches('a.txt', 'approved');
  expect(await focused(page)).toMatch(/: a\.txt$/);
  await widget.input.focus();
  await widget.pick({ name: 'b.txt', content: 'x' });
  await widget.reaches('b.txt', 'approved');
  expect(await focused(page), 'other rows leave the focus where it is').toBe('Choose files');
});

test('a button that changes under the finger does not do something else', async ({ open, control, page }) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'uploading');
  await widget.button('Cancel', 'a.txt').focus();
  await control.advance(LONG);
  await widget.reaches('a.txt', 'approved');
  await page.keyboard.press('Enter');
  // Cancel became Delete: that asks first, and the answer at hand is to keep.
  await page.keyboard.press('Enter');
  await expect(widget.dialog).toBeHidden();
  expect(await control.files()).toHaveLength(1);
});

test('every button names its file, and no two sound alike (trap 21)', async ({ open, place }) => {
  for (const name of ['1.txt', '2.txt', '3.txt']) await seed(place, name);
  const widget = await open();
  await expect(widget.rows).toHaveCount(3);
  const names = await widget.list
    .getByRole('button')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
  expect(names).toHaveLength(9);
  expect(new Set(names).size).toBe(9);
});

test('the order of the tab key is the order on the screen, and the widget can be left', async ({
  open,
  page,
  place,
}) => {
  await seed(place, 'one.txt');
  const widget = await open();
  await expect(widget.rows).toHaveCount(1);
  const order: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    await page.keyboard.press('Tab');
    order.push(await focused(page));
  }
  expect(order).toEqual(['Choose files', 'Choose folder', 'Preview: one.txt', 'Download: one.txt', 'Delete: one.txt']);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('nothing');
});
