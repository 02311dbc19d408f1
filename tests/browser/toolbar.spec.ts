// What stands above the list once there are several files: how far all of them are, order and filter.
import { expect, test } from './bench.ts';
import { MIB, onDisk } from './files.ts';
import { seed } from './seed.ts';
import type { Widget } from './widget.ts';

const choice = (widget: Widget, name: 'Order' | 'Show') => widget.panel.getByRole('combobox', { name });

/** Five files of which the scanner likes three. */
async function five(place: Parameters<typeof seed>[0]) {
  const files = { 'b 10.txt': 30, 'virus.txt': 10, 'b 2.txt': 50, 'scan-fails.txt': 20, 'Ä.txt': 40 };
  for (const [name, size] of Object.entries(files)) await seed(place, name, 'x'.repeat(size));
}

test('order and filter come with the fifth file', async ({ open, place }) => {
  const widget = await open();
  for (const name of ['1.txt', '2.txt', '3.txt', '4.txt']) await seed(place, name);
  await widget.call('refresh');
  await expect(widget.rows).toHaveCount(4);
  for (const name of ['Order', 'Show'] as const) await expect(choice(widget, name)).toBeHidden();
  await seed(place, '5.txt');
  await widget.call('refresh');
  await expect(widget.rows).toHaveCount(5);
  for (const name of ['Order', 'Show'] as const) await expect(choice(widget, name)).toBeVisible();
});

test('files are ordered by age, by name as people read, by size', async ({ open, place }) => {
  await five(place);
  const widget = await open();
  await expect(widget.rows).toHaveCount(5);
  const newest = await widget.names();
  await choice(widget, 'Order').selectOption('By name');
  await expect.poll(() => widget.names()).toEqual(['Ä.txt', 'b 2.txt', 'b 10.txt', 'scan-fails.txt', 'virus.txt']);
  await choice(widget, 'Order').selectOption('Largest first');
  await expect.poll(() => widget.names()).toEqual(['b 2.txt', 'Ä.txt', 'b 10.txt', 'scan-fails.txt', 'virus.txt']);
  await widget.attach('new.txt', 'y'.repeat(45));
  expect((await widget.names())[1], 'new files come to their place').toBe('new.txt');
  await choice(widget, 'Order').selectOption('Newest first');
  await expect.poll(() => widget.names()).toEqual(['new.txt', ...newest]);
});

test('the filter shows what is ready, on its way, or needs a look', async ({ open, place, control }) => {
  await five(place);
  await control.fault('PutObject', { kind: 'delay', ms: 120_000 });
  const widget = await open();
  await widget.pick({ name: 'sending.txt', content: 'x' });
  await widget.reaches('sending.txt', 'uploading');
  const shows = async (filter: string, names: string[]) => {
    await choice(widget, 'Show').selectOption(filter);
    await expect.poll(async () => (await widget.names()).sort()).toEqual(names);
  };
  await shows('With problems', ['scan-fails.txt', 'virus.txt']);
  await shows('On their way', ['sending.txt']);
  await control.advance(120_000);
  await expect(widget.rows, 'what has arrived leaves what is on its way').toHaveCount(0);
  await expect(widget.panel.getByText('No file of this kind')).toBeVisible();
  await shows('Ready', ['b 10.txt', 'b 2.txt', 'sending.txt', 'Ä.txt']);
  await shows('All files', ['b 10.txt', 'b 2.txt', 'scan-fails.txt', 'sending.txt', 'virus.txt', 'Ä.txt']);
});

test('a filter in force can still be lifted when files have become few', async ({ open, place }) => {
  await five(place);
  const widget = await open();
  await choice(widget, 'Show').selectOption('With problems');
  await expect(widget.rows).toHaveCount(2);
  for (const name of ['virus.txt', 'scan-fails.txt']) {
    await widget.call('delete', (await widget.item(name))?.id ?? 0);
    await expect(widget.row(name)).toHaveCount(0);
  }
  await expect(widget.panel.getByText('No file of this kind')).toBeVisible();
  await choice(widget, 'Show').selectOption('All files');
  await expect(widget.rows).toHaveCount(3);
});

test('the total of a run counts files and bytes, never falls, and is gone at its end', async ({ open, control, page }, info) => {
  await control.set({ s3BytesPerSecond: 8 * MIB, rateLimited: false });
  const paths = ['one.pdf', 'two.pdf', 'three.pdf'].map((name) => info.outputPath(name));
  for (const path of paths) onDisk(path, 4 * MIB);
  const widget = await open();
  const bar = widget.panel.getByRole('progressbar', { name: 'Attached files' });
  await expect(bar).toBeHidden();
  await page.evaluate(() => {
    const root = document.querySelector('connect-attached-files')?.shadowRoot;
    const bar = root?.querySelector('.caf-run [role=progressbar]');
    const told: string[] = [];
    Object.assign(window, { told });
    const note = () => told.push(`${bar?.getAttribute('aria-valuenow')} ${bar?.getAttribute('aria-valuetext')}`);
    if (bar) new MutationObserver(note).observe(bar, { attributes: true, attributeFilter: ['aria-valuetext'] });
  });
  await widget.pick(...paths);
  await expect(bar).toBeVisible();
  await expect(widget.panel.locator('.caf-run-text')).toHaveText(/^\d of 3 files, \d+%/);
  for (const name of ['one.pdf', 'two.pdf', 'three.pdf']) await widget.reaches(name, 'approved', 30_000);
  await expect(bar).toBeHidden();
  const told = await page.evaluate(() => (window as unknown as { told: string[] }).told);
  expect(told.length).toBeGreaterThan(3);
  const percents = told.map((text) => Number(text.split(' ')[0]));
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect(Math.max(...percents)).toBeLessThanOrEqual(100);
  const done = told.map((text) => Number(/(\d) of 3 files/.exec(text)?.[1]));
  expect(done).toEqual([...done].sort((a, b) => a - b));
});
