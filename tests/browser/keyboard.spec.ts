// Everything that a mouse can do, keys can do, and the focus is never lost.
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { focused, tabTo } from './focus.ts';
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

test('every action goes by keys alone, and the focus is never lost', async ({ open, control, context, origin, page, expected }) => {
  expected.push(REFUSED_REQUEST);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await control.set({ rateLimited: false });
  const time = await driveTime(page);
  const widget = await open();
  const press = async (name: string, key = 'Enter') => {
    await tabTo(page, name);
    await page.keyboard.press(key);
  };
  const isHere = (where: RegExp) => expect.poll(() => focused(page)).toMatch(where);
  const choose = async (...names: string[]) => {
    await tabTo(page, 'Choose files', 'Shift+Tab');
    const choosing = page.waitForEvent('filechooser');
    await page.keyboard.press('Enter');
    await (await choosing).setFiles(names.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })));
  };

  await test.step('pause, resume, cancel, try again', async () => {
    await control.fault('PutObject', { kind: 'stall' }, { times: 2 });
    await choose('a.txt');
    await widget.reaches('a.txt', 'uploading');
    await press('Pause: a.txt');
    await expect(widget.row('a.txt')).toContainText('Paused');
    await isHere(/^Resume: a\.txt$/);
    await page.keyboard.press('Space');
    await widget.reaches('a.txt', 'uploading');
    await press('Cancel: a.txt');
    await widget.reaches('a.txt', 'canceled');
    await isHere(/: a\.txt$/);
    await press('Try again: a.txt');
    await widget.reaches('a.txt', 'approved');
    await isHere(/: a\.txt$/);
  });

  await test.step('all of several at once', async () => {
    await control.fault('PutObject', { kind: 'stall' }, { times: 3 });
    const names = ['b.txt', 'c.txt', 'd.txt'];
    await choose(...names);
    for (const name of names) await widget.reaches(name, 'uploading');
    await press('Pause all');
    await expect(widget.row('b.txt')).toContainText('Paused');
    await isHere(/^Resume all$/);
    await press('Cancel all');
    for (const name of names) await widget.reaches(name, 'canceled');
    await isHere(/: \w\.txt$|^Choose files$|^Try all again$/);
    // A PUT that was stopped before it arrived has met no fault.
    await control.clearFaults();
    await tabTo(page, 'Try all again', 'Shift+Tab');
    await page.keyboard.press('Enter');
    for (const name of names) await widget.reaches(name, 'approved');
    await isHere(/: \w\.txt$|^Choose files$/);
  });

  await test.step('preview and downloads', async () => {
    await tabTo(page, 'Preview: d.txt');
    await page.keyboard.press('Enter');
    await expect(widget.host.getByRole('dialog', { name: 'd.txt' }).locator('pre')).toHaveText('d.txt');
    await page.keyboard.press('Escape');
    await isHere(/^Preview: d\.txt$/);
    for (const name of ['Download: d.txt', 'Download all']) {
      const coming = page.waitForEvent('download');
      await tabTo(page, name, name === 'Download all' ? 'Shift+Tab' : 'Tab');
      await page.keyboard.press('Enter');
      await coming;
      expect(await focused(page)).toBe(name);
    }
  });

  await test.step('a row by its own keys', async () => {
    await tabTo(page, 'Preview: d.txt');
    await page.keyboard.press('ArrowDown');
    await isHere(/^row c\.txt$/);
    const coming = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await coming).suggestedFilename()).toBe('c.txt');
    await page.keyboard.press('Delete');
    await expect(widget.dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await isHere(/^row c\.txt$/);
    await page.keyboard.press('Delete');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await isHere(/^Undo: c\.txt$|^row c\.txt$/);
    // On the row itself Enter does what its main button does.
    await page.keyboard.press('Enter');
    await widget.reaches('c.txt', 'approved');
    await isHere(/c\.txt$/);
    await page.keyboard.press('Delete');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await time.pass(UNDO_MS);
    await expect(widget.row('c.txt')).toHaveCount(0);
    await isHere(/: [bd]\.txt$/);
  });

  await test.step('order and filter', async () => {
    await choose('e.txt', 'run.exe');
    await widget.reaches('e.txt', 'approved');
    await tabTo(page, 'Show');
    await page.keyboard.type('With');
    await expect(widget.rows).toHaveCount(1);
    await page.keyboard.press('Home');
    await expect(widget.rows).toHaveCount(5);
    await tabTo(page, 'Order');
    await page.keyboard.type('By');
    await expect.poll(() => widget.names()).toEqual(['a.txt', 'b.txt', 'd.txt', 'e.txt', 'run.exe']);
  });

  await test.step('rename and remove', async () => {
    await tabTo(page, 'Rename: run.exe');
    await page.keyboard.press('F2');
    await widget.field('run.exe');
    await page.keyboard.type('walk');
    await page.keyboard.press('Enter');
    await isHere(/^Rename: walk\.exe$/);
    await press('Remove from list: walk.exe');
    await expect(widget.row('walk.exe')).toHaveCount(0);
    await isHere(/: e\.txt$/);
  });

  await test.step('what went wrong is copied', async () => {
    await control.fault('PutObject', { kind: 'status', status: 403, code: 'SignatureDoesNotMatch' });
    await choose('f.txt');
    await widget.reaches('f.txt', 'error');
    await press('Copy details: f.txt');
    await expect(widget.live).toHaveText('Copied');
    expect(await focused(page)).toBe('Copy details: f.txt');
  });
});
