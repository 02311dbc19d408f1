// Deleting is for good, so it is asked about first, can be taken back for a moment, and then the file leaves list
// and bucket.
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { heard } from './events.ts';
import { UNDO_MS, driveTime } from './time.ts';

test('after a yes the file leaves the list and the bucket', async ({ open, control, page }) => {
  const time = await driveTime(page);
  const widget = await open();
  await widget.attach('a.txt');
  await widget.button('Delete', 'a.txt').click();
  await expect(widget.dialog).toHaveText(/Delete a\.txt for good\?/);
  await expect(widget.dialog).toHaveAccessibleName('Delete a.txt for good?');
  expect(await control.files(), 'nothing happens before the answer').toHaveLength(1);
  await widget.dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(widget.dialog).toBeHidden();
  await widget.reaches('a.txt', 'deleting');
  await time.pass(UNDO_MS);
  await expect(widget.rows).toHaveCount(0);
  expect(await control.files()).toEqual([]);
  expect(await control.objects()).toEqual([]);
  await expect(widget.live).toContainText('a.txt deleted');
  expect(await heard(page, 'file-deleted')).toHaveLength(1);
});

for (const answer of ['Keep', 'Escape'] as const) {
  test(`after ${answer} nothing has happened`, async ({ open, control, page }) => {
    const widget = await open();
    await widget.attach('a.txt');
    await widget.button('Delete', 'a.txt').click();
    await expect(widget.dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
    if (answer === 'Keep') await widget.dialog.getByRole('button', { name: 'Keep' }).click();
    else await page.keyboard.press('Escape');
    await expect(widget.dialog).toBeHidden();
    await expect(widget.button('Delete', 'a.txt')).toBeFocused();
    await widget.reaches('a.txt', 'approved');
    expect((await control.calls()).DeleteAttachedFile ?? 0).toBe(0);
    await widget.button('Delete', 'a.txt').click();
    await expect(widget.dialog, 'it asks again').toBeVisible();
  });
}

test('the name in the question is text, whatever is in it', async ({ open }) => {
  const name = '<img src=x onerror=alert(1)>.txt';
  const widget = await open();
  await widget.attach(name);
  await widget.button('Delete', name).click();
  await expect(widget.dialog).toContainText(`Delete ${name} for good?`);
});

test('a file that is gone already counts as deleted', async ({ open, control, place, expected, page }) => {
  expected.push(REFUSED_REQUEST);
  const time = await driveTime(page);
  const widget = await open();
  await widget.attach('a.txt');
  const [file] = await control.files();
  const query = `?associatedResourceArn=${encodeURIComponent(place.caseArn)}`;
  const url = `${place.endpoint}/attached-files/${place.instanceId}/${file?.fileId}${query}`;
  await fetch(url, { method: 'DELETE' });
  await widget.delete('a.txt');
  await time.pass(UNDO_MS);
  await expect(widget.rows).toHaveCount(0);
});

test('a lost answer of Delete is asked for again', async ({ open, control, expected, page }) => {
  expected.push(REFUSED_REQUEST);
  const time = await driveTime(page);
  const widget = await open();
  await widget.attach('a.txt');
  await control.fault('DeleteAttachedFile', { kind: 'lostAnswer' });
  await widget.delete('a.txt');
  await time.pass(UNDO_MS);
  await expect(widget.rows).toHaveCount(0);
  expect(await control.files()).toEqual([]);
});

test('a refused Delete leaves the file where it is, and says why', async ({ open, control, expected, page }) => {
  expected.push(REFUSED_REQUEST);
  const time = await driveTime(page);
  const widget = await open();
  await widget.attach('a.txt');
  await control.fault('DeleteAttachedFile', { kind: 'status', status: 403, code: 'AccessDeniedException' });
  await widget.delete('a.txt');
  await time.pass(UNDO_MS);
  await expect(widget.row('a.txt')).toContainText('You are not allowed to do this on this case.');
  await widget.reaches('a.txt', 'approved');
  await expect(widget.button('Download', 'a.txt')).toBeVisible();
  expect(await control.files()).toHaveLength(1);
});

test('a file that is still being checked can be deleted', async ({ open, control, page }) => {
  await control.set({ scannerSilent: true });
  const time = await driveTime(page);
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'scanning');
  await widget.delete('a.txt');
  await time.pass(UNDO_MS);
  await expect(widget.rows).toHaveCount(0);
  expect(await control.files()).toEqual([]);
});

test('a delete can be taken back for five seconds, and then no call was ever made', async ({ open, control, page }) => {
  const time = await driveTime(page);
  const widget = await open();
  await widget.attach('a.txt');
  await widget.delete('a.txt');
  await expect(widget.row('a.txt')).toContainText('Will be deleted in a moment');
  await expect(widget.live).toHaveText('a.txt will be deleted in five seconds. Undo takes it back.');
  await expect(widget.button('Undo', 'a.txt')).toBeFocused();
  await time.pass(UNDO_MS - 1_000);
  await page.keyboard.press('Enter');
  await widget.reaches('a.txt', 'approved');
  await expect(widget.row('a.txt').locator(':focus'), 'the focus stays in the row').toHaveCount(1);
  await time.pass(2 * UNDO_MS);
  await widget.reaches('a.txt', 'approved');
  expect((await control.calls()).DeleteAttachedFile ?? 0).toBe(0);
  expect(await control.files()).toHaveLength(1);
  expect(await heard(page, 'file-deleted')).toEqual([]);
});

test('a rejected file and one without a verdict come back from a delete as they were', async ({ open, control, page }) => {
  const time = await driveTime(page);
  const widget = await open();
  await widget.attach('virus.txt', 'x', 'rejected');
  await control.set({ scannerSilent: true });
  await widget.attach('waiting.txt', 'x', 'scanning');
  for (const [name, phase] of [['virus.txt', 'rejected'], ['waiting.txt', 'scanning']] as const) {
    await widget.delete(name);
    await widget.reaches(name, 'deleting');
    await widget.button('Undo', name).click();
    await widget.reaches(name, phase);
  }
  await control.set({ scannerSilent: false });
  await time.pass(2 * UNDO_MS);
  await widget.reaches('waiting.txt', 'approved');
  expect((await control.calls()).DeleteAttachedFile ?? 0).toBe(0);
});

test('what the host deletes is deleted at once', async ({ open, control, page }) => {
  await driveTime(page);
  const widget = await open();
  await widget.attach('a.txt');
  await widget.call('delete', (await widget.item('a.txt'))?.id ?? 0);
  await expect(widget.rows).toHaveCount(0);
  expect(await control.files()).toEqual([]);
});
