// The live region: what a screen reader hears, in whole sentences and never too many of them.
import { expect, test } from './bench.ts';
import { MIB, onDisk } from './files.ts';
import { seed } from './seed.ts';
import { driveTime } from './time.ts';
import type { Widget } from './widget.ts';

/** Keeps every sentence the region gets from now on. */
function listen(widget: Widget) {
  return widget.live.evaluateHandle((region) => {
    const said: string[] = [];
    const note = () => said.push(region.textContent ?? '');
    new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
    return said;
  });
}

test('there is one region, polite and empty at first', async ({ open }) => {
  const widget = await open();
  await expect(widget.live).toHaveAttribute('aria-live', 'polite');
  await expect(widget.live).toHaveText('');
  await expect(widget.host.locator('[aria-live]')).toHaveCount(1);
});

test('an upload tells of its quarters, not of every step', async ({ open, control }, info) => {
  await control.set({ s3BytesPerSecond: 3 * MIB });
  const path = info.outputPath('film.mp4');
  onDisk(path, 16 * MIB);
  const widget = await open();
  const said = await listen(widget);
  await widget.pick(path);
  await widget.reaches('film.mp4', 'approved', 30_000);
  await expect(widget.live).toHaveText('film.mp4 is ready');
  const sentences = await said.jsonValue();
  const quarters = sentences.map((text) => /^film\.mp4: (\d+)%$/.exec(text)?.[1]).filter((text) => text !== undefined);
  expect(quarters.length).toBeGreaterThan(0);
  expect(quarters.length).toBeLessThanOrEqual(4);
  expect(quarters.map(Number)).toEqual(quarters.map(Number).sort((a, b) => a - b));
});

test('up to three files are named, more are counted', async ({ open, control }) => {
  await control.set({ rateLimited: false, scannerSilent: true });
  const widget = await open();
  const said = await listen(widget);
  const three = ['a.txt', 'b.txt', 'c.txt'];
  await widget.pick(...three.map((name) => ({ name, content: 'x' })));
  for (const name of three) await widget.reaches(name, 'scanning');
  await expect(widget.live).toContainText('c.txt uploaded, being checked');
  expect((await said.jsonValue()).join(' ')).not.toMatch(/\d files/);
  const twelve = Array.from({ length: 12 }, (_, at) => ({ name: `${at}.txt`, content: 'x' }));
  await widget.pick(...twelve, { name: 'run.exe', content: 'x' });
  for (const { name } of twelve) await widget.reaches(name, 'scanning');
  await expect.poll(async () => (await said.jsonValue()).join('\n')).toMatch(/^1[0-3] files/m);
  expect((await said.jsonValue()).length, 'told together').toBeLessThan(10);
});

test('what became of many files is one sentence', async ({ open, control, page }) => {
  await control.set({ rateLimited: false, scannerSilent: true });
  const time = await driveTime(page);
  const widget = await open();
  const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'virus.txt'];
  await widget.pick(...names.map((name) => ({ name, content: 'x' })));
  for (const name of names) await widget.reaches(name, 'scanning');
  await time.pass(2_000);
  await control.set({ scannerSilent: false });
  await time.pass(30_000);
  await widget.reaches('virus.txt', 'rejected');
  await expect(widget.live).toHaveText('5 files: 4 ready, 0 being checked, 1 with problems');
});

test('a delete is told when it can still be taken back, and when it is done', async ({ open, place, page }) => {
  await seed(place, 'a.txt');
  const time = await driveTime(page);
  const widget = await open();
  await widget.delete('a.txt');
  await expect(widget.live).toHaveText('a.txt will be deleted in five seconds. Undo takes it back.');
  await time.pass(10_000);
  await expect(widget.live).toHaveText('a.txt deleted');
});

test('a refusal is told with its reason', async ({ open }) => {
  const widget = await open();
  await widget.pick({ name: 'run.exe', content: 'x' });
  await expect(widget.live).toHaveText('run.exe not accepted. Files of type .exe are not allowed here.');
});
