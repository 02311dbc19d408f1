// The limits are the instance's own, shown before anyone chooses and kept to before any call.
import { expect, refusing, test } from './bench.ts';
import { heard } from './events.ts';

test('the limits of the instance are read and shown', async ({ open, control, place }) => {
  await control.set({
    maximumSizeLimitInBytes: 5 * 1024 * 1024,
    allowedExtensions: ['PNG', 'pdf'],
    perScope: { EMAIL: { maximumSizeLimitInBytes: 1024, allowedExtensions: [] } },
  });
  const widget = await open();
  await expect(widget.panel.getByText('PDF, PNG. Up to 5 MB each.')).toBeVisible();
  await expect(widget.input).toHaveAttribute('accept', '.pdf,.png');
  await expect(widget.input).toHaveAccessibleDescription('PDF, PNG. Up to 5 MB each.');
  expect(await widget.limits()).toEqual({
    maxBytes: 5 * 1024 * 1024,
    extensions: ['pdf', 'png'],
    maxFiles: null,
    maxTotalBytes: null,
    source: 'instance',
  });
  const email = await open({ query: { resource: place.contactArn } });
  await expect(email.panel.getByText('Any type. Up to 1 kB each.')).toBeVisible();
});

refusing('limits that cannot be read fall back to the usual ones, and the widget says so', async ({ open, control, page }) => {
  await control.set({ describeDenied: true });
  const widget = await open();
  await expect(widget.panel.getByText('What this instance allows could not be read')).toBeVisible();
  await expect(widget.panel.getByText('Up to 20 MB each.')).toBeVisible();
  expect(await widget.limits()).toMatchObject({ source: 'defaults', maxBytes: 20_971_520 });
  await widget.attach('a.txt');
  await widget.pick({ name: 'a.exe', content: 'x' });
  await widget.reaches('a.exe', 'invalid');
  expect((await control.calls()).DescribeAttachedFilesConfiguration).toBe(1);
  expect((await heard(page, 'limits-change')).length).toBeGreaterThan(0);
});

refusing('a passing fault while reading the limits is got over', async ({ open, control }) => {
  await control.set({ allowedExtensions: ['pdf'] });
  const fault = { kind: 'status', status: 500, code: 'InternalServiceException' } as const;
  await control.fault('DescribeAttachedFilesConfiguration', fault);
  const widget = await open();
  expect(await widget.limits()).toMatchObject({ source: 'instance', extensions: ['pdf'] });
});

test('files picked before the limits are known wait for them', async ({ goto, control }) => {
  await control.set({ allowedExtensions: ['pdf'] });
  await control.fault('DescribeAttachedFilesConfiguration', { kind: 'delay', ms: 3_600_000 });
  const widget = await goto();
  await widget.stands();
  await expect(widget.panel.getByText('Reading what this instance allows…')).toBeVisible();
  await widget.pick({ name: 'a.txt', content: 'x' }, { name: 'a.pdf', content: 'x' });
  await widget.reaches('a.pdf', 'queued');
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
  await control.advance(3_600_000);
  await widget.reaches('a.txt', 'invalid');
  await widget.reaches('a.pdf', 'approved');
  expect((await control.calls()).StartAttachedFileUpload).toBe(1);
});

test('the host can say how many files there may be', async ({ open, control }) => {
  const widget = await open({ query: { 'max-files': '2' } });
  await expect(widget.panel.getByText('0 of 2 files.')).toBeVisible();
  await widget.pick(...['1.txt', '2.txt', '3.txt'].map((name) => ({ name, content: 'x' })));
  await widget.reaches('3.txt', 'invalid');
  await expect(widget.row('3.txt')).toContainText('This case already has 2 files');
  await widget.reaches('2.txt', 'approved');
  expect((await control.calls()).StartAttachedFileUpload).toBe(2);
});

refusing('a quota that only Connect knows is told in words, and trying again helps once there is room', async ({ open, control }) => {
  await control.set({ maxFilesPerResource: 1 });
  const widget = await open();
  await widget.attach('first.txt');
  await widget.pick({ name: 'second.txt', content: 'x' });
  await widget.reaches('second.txt', 'error');
  await expect(widget.row('second.txt')).toContainText('This case holds as many files as it can.');
  expect((await widget.item('second.txt'))?.error).toMatchObject({
    code: 'total_file_count_exceeded',
    status: 402,
  });
  await widget.call('delete', (await widget.item('first.txt'))?.id ?? 0);
  await expect(widget.row('first.txt')).toHaveCount(0);
  await widget.button('Try again', 'second.txt').click();
  await widget.reaches('second.txt', 'approved');
});

refusing('what only Connect refuses is told in words', async ({ open, control }) => {
  const widget = await open();
  for (const [reason, says] of [
    ['INVALID_FILE_SIZE', 'Amazon Connect does not take a file of this size.'],
    ['INVALID_FILE_TYPE', 'Amazon Connect does not take files of this type.'],
    ['INVALID_FILE_NAME', 'Amazon Connect does not take this file name.'],
  ] as const) {
    // The rules were changed after the page had read them.
    await control.fault('StartAttachedFileUpload', {
      kind: 'status',
      status: 400,
      code: 'InvalidRequestException',
      reason: { AttachedFileInvalidRequestExceptionReason: reason },
    });
    const name = `${reason}.txt`;
    await widget.pick({ name, content: 'x' });
    await widget.reaches(name, 'error');
    await expect(widget.row(name)).toContainText(says);
    await expect(widget.button('Try again', name)).toBeHidden();
  }
  expect((await control.calls()).StartAttachedFileUpload).toBe(3);
});
