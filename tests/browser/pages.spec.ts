// The ways a host brings the element onto its page.
import { expect, test } from './bench.ts';
import { seed } from './seed.ts';
import { UNDO_MS, driveTime } from './time.ts';

test('under a strict policy everything works, and the console stays clean', async ({ open, page, place, control }) => {
  await seed(place, 'older.txt');
  const time = await driveTime(page);
  const widget = await open({ page: 'csp.html' });
  await widget.attach('new.pdf', 'x'.repeat(2_000_000));
  await widget.pick({ name: 'bad.exe', content: 'x' });
  await widget.reaches('bad.exe', 'invalid');
  const coming = page.waitForEvent('download');
  await widget.button('Download', 'older.txt').click();
  await coming;
  await widget.delete('older.txt');
  await time.pass(UNDO_MS);
  await expect(widget.row('older.txt')).toHaveCount(0);
  expect(await control.files()).toHaveLength(1);
});

test('the sheet is applied under the strict policy too', async ({ open }) => {
  const widget = await open({ page: 'csp.html' });
  await expect(widget.panel.locator('.caf-dropzone')).toHaveCSS('border-top-style', 'dashed');
});

test('a plain page without a bundler works by attributes alone', async ({ open }) => {
  const widget = await open({ page: 'script.html' });
  await widget.attach('a.txt');
});

test('one wasm file is loaded, once, however many widgets there are', async ({ goto, page, place }) => {
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) loaded.push(request.url());
  });
  await goto({ page: 'two.html', query: { first: place.caseArn, second: place.secondCaseArn } });
  await expect(page.locator('connect-attached-files [data-row], connect-attached-files ul')).toHaveCount(2);
  expect(loaded).toHaveLength(1);
});
