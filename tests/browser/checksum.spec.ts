// The checksum tag: SHA-256 kept with the file, compared on download.
import { expect, test } from './bench.ts';
import { bytes, sha256 } from './files.ts';

const query = { 'checksum-tag': 'sha256' };

test('with a checksum tag each file carries the SHA-256 of its bytes', async ({ open, control }) => {
  const widget = await open({ query });
  const content = bytes(300_000);
  await widget.pick({ name: 'a.pdf', content, type: 'application/pdf' });
  await widget.reaches('a.pdf', 'approved');
  expect(await control.files()).toMatchObject([{ tags: { sha256: sha256(content) } }]);
  expect(await control.objects()).toMatchObject([{ sha256: sha256(content) }]);
});

test('without one, nothing is read and no tag is sent', async ({ open, control }) => {
  const widget = await open();
  await widget.attach('a.txt');
  const [file] = await control.files();
  expect(file?.tags ?? {}).toEqual({});
});

test('a download whose bytes are those of the tag is saved', async ({ open, page }) => {
  const widget = await open({ query });
  await widget.attach('a.txt');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    widget.button('Download', 'a.txt').click(),
  ]);
  expect(download.suggestedFilename()).toBe('a.txt');
});

test('a download with other bytes of the same length is told and not saved', async ({ open, page, place }) => {
  const widget = await open({ query });
  await widget.attach('a.txt', 'hello');
  let saves = 0;
  page.on('download', () => (saves += 1));
  await page.route(`${place.s3}/**`, (route) =>
    route.fulfill({ body: 'jello', headers: { 'access-control-allow-origin': '*' } }),
  );
  await widget.button('Download', 'a.txt').click();
  await expect(widget.row('a.txt')).toContainText('The file that arrived is not the one that was attached');
  expect((await widget.item('a.txt'))?.error?.code).toBe('download_changed');
  expect(saves).toBe(0);
});
