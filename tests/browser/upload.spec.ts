// Files reach the case whole, whatever their size, name and number.
import { expect, test } from './bench.ts';
import { heard, phases } from './events.ts';
import { MIB, bytes, onDisk, sha256 } from './files.ts';
import { Widget } from './widget.ts';

for (const [label, size] of [
  ['1 byte', 1],
  ['5 MB', 5 * MIB],
  ['20 MB, the most there may be,', 20 * MIB],
] as const) {
  test(`a file of ${label} reaches the bucket whole`, async ({ open, control, page }, info) => {
    const path = info.outputPath('whole.pdf');
    const hash = onDisk(path, size);
    const widget = await open();
    await widget.pick(path);
    await widget.reaches('whole.pdf', 'approved', 30_000);
    expect(await control.objects()).toMatchObject([{ size, sha256: hash }]);
    expect(await phases(page, 'whole.pdf')).toEqual([
      'starting',
      'uploading',
      'completing',
      'scanning',
      'approved',
    ]);
    const calls = await control.calls();
    expect(calls).toMatchObject({
      StartAttachedFileUpload: 1,
      PutObject: 1,
      CompleteAttachedFileUpload: 1,
    });
  });
}

const names = [
  'two  blanks and a dot. .txt',
  'Grüße aus Köln.txt',
  'Zürich decomposed.txt'.normalize('NFD'),
  '日本語の請求書.txt',
  'مرحبا.txt',
  'emoji 😀🎉.txt',
  'quotes "double" \'single\' `back`.txt',
  'naïve “quotes” – dash….txt',
  '<img src=x onerror=alert(1)>.txt',
  'a&b=c;d%20e#f?g+h.txt',
  `${'long '.repeat(49)}.txt`,
];
test('names are kept as they are, whatever is in them', async ({ open, control, page }) => {
  await control.set({ rateLimited: false });
  const widget = await open();
  await widget.pick(...names.map((name) => ({ name, content: name })));
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(names.length);
  const files = await control.files();
  expect(files.map((file) => file.fileName).sort()).toEqual([...names].sort());
  const stored = await control.objects();
  for (const name of names) {
    const key = files.find((file) => file.fileName === name)?.key;
    const object = stored.find((object) => object.key === key);
    expect.soft(object?.sha256, name).toBe(sha256(name));
    await expect.soft(widget.row(name), name).toHaveCount(1);
    await expect.soft(widget.button('Download', name), name).toBeVisible();
  }
  expect(await page.locator('img').count(), 'a name is text, never markup').toBe(0);
});

test('the same file chosen twice in a row is attached twice', async ({ open, control }) => {
  const widget = await open();
  const file = { name: 'again.txt', content: 'same' };
  await widget.pick(file);
  await widget.pick(file);
  await expect(widget.row('again.txt')).toHaveCount(2);
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(2);
  const files = await control.files();
  expect(new Set(files.map((one) => one.fileId)).size).toBe(2);
});

test('two widgets keep their cases apart', async ({ goto, page, control, place }) => {
  await goto({ page: 'two.html', query: { first: place.caseArn, second: place.secondCaseArn } });
  const [first, second] = [new Widget(page, '#first'), new Widget(page, '#second')];
  await first.ready();
  await second.ready();
  await Promise.all([
    first.pick({ name: 'one.txt', content: '1' }),
    second.pick({ name: 'two.txt', content: '2' }),
  ]);
  await first.reaches('one.txt', 'approved');
  await second.reaches('two.txt', 'approved');
  await expect(first.rows).toHaveCount(1);
  await expect(second.rows).toHaveCount(1);
  const where = (await control.files()).map((file) => [file.fileName, file.associatedResourceArn]);
  expect(Object.fromEntries(where)).toEqual({ 'one.txt': place.caseArn, 'two.txt': place.secondCaseArn });
});

test('an email contact takes files as a case does', async ({ open, control, place }) => {
  const widget = await open({ query: { resource: place.contactArn } });
  await widget.attach('mail.txt');
  expect(await control.files()).toMatchObject([{ associatedResourceArn: place.contactArn }]);
  expect((await control.calls()).SearchRelatedItems ?? 0, 'a contact has no related items').toBe(0);
});

test('progress is told per file and never falls', async ({ open, page, control }, info) => {
  await control.set({ s3BytesPerSecond: 8 * MIB });
  const path = info.outputPath('slow.pdf');
  onDisk(path, 16 * MIB);
  const widget = await open();
  await widget.pick(path);
  const bar = widget.panel.getByRole('progressbar', { name: 'slow.pdf' });
  await expect(bar).toBeVisible();
  await expect(bar).toHaveAttribute('aria-valuetext', /^\d+%, [\d.]+ (bytes|kB|MB) of 16 MB/);
  await widget.reaches('slow.pdf', 'approved', 20_000);
  await expect(bar).toBeHidden();
  const told = (await heard(page, 'upload-progress')).map((event) => event.percent ?? -1);
  expect(told.length).toBeGreaterThan(1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
});

test('bytes do not differ from what was picked, in many files at once', async ({ open, control }) => {
  await control.set({ rateLimited: false });
  const widget = await open();
  const made = Array.from({ length: 12 }, (_, at) => ({
    name: `${at}.pdf`,
    content: bytes(50_000 + at, at + 1),
  }));
  await widget.pick(...made);
  await expect(widget.rows.filter({ hasText: 'Ready' })).toHaveCount(12);
  const stored = (await control.objects()).map((object) => object.sha256);
  expect(stored.sort()).toEqual(made.map((file) => sha256(file.content)).sort());
});
