// Another language while the widget runs: nothing that is under way is touched.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from './bench.ts';
import { focused } from './focus.ts';
import { seed } from './seed.ts';
import { Widget } from './widget.ts';

const LONG = 120_000;
const TRANSLATIONS = new URL('../../src/locales/', import.meta.url);

/** Whether there is a translation. */
const isSpoken = (locale: string) => locale === 'en' || existsSync(new URL(`${locale}.json`, TRANSLATIONS));

/** What the picker is called. */
function chooseFiles(locale: string): string {
  if (locale === 'en') return 'Choose files';
  return JSON.parse(readFileSync(new URL(`${locale}.json`, TRANSLATIONS), 'utf8'))['choose-files'];
}

/** A widget by its markup, whatever it speaks. */
const parts = (widget: Widget) => ({
  row: (name: string) => widget.rows.filter({ hasText: name }),
  pick: widget.host.locator('.caf-button-main'),
  order: widget.host.locator('.caf-order'),
  filter: widget.host.locator('.caf-filter'),
});

test('German and Arabic at run time: uploads go on, the focus stays in its row', async ({ open, control, page, place }) => {
  await seed(place, 'there.txt', 'x'.repeat(1536));
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open();
  await widget.pick({ name: 'sending.txt', content: 'x' });
  await widget.reaches('sending.txt', 'uploading');
  await widget.button('Download', 'there.txt').focus();
  const { row, pick } = parts(widget);
  for (const [locale, size] of [['de', '1,5 kB'], ['ar', /[\u0600-\u06ff]/], ['en', '1.5 kB']] as const) {
    if (!isSpoken(locale)) continue;
    await widget.set({ locale });
    await expect(pick, locale).toHaveText(chooseFiles(locale));
    await expect(row('there.txt').locator('.caf-facts'), locale).toContainText(size);
    await expect(row('sending.txt'), locale).toHaveAttribute('data-phase', 'uploading');
    await expect(widget.rows, 'drawn once').toHaveCount(2);
    await expect.poll(() => focused(page), locale).toContain('there.txt');
  }
  await control.advance(LONG);
  await widget.reaches('sending.txt', 'approved');
  expect(await control.calls()).toMatchObject({ StartAttachedFileUpload: 2, PutObject: 2 });
});

test('a focus outside is not drawn in, one on the picker stays there', async ({ open, page }) => {
  const widget = await open();
  const { pick } = parts(widget);
  await page.evaluate(() => {
    const field = document.createElement('input');
    field.ariaLabel = 'of the host';
    document.body.append(field);
    field.focus();
  });
  await widget.set({ locale: 'de' });
  await expect(pick).toHaveText('Dateien auswählen');
  expect(await focused(page)).toBe('of the host');
  await widget.host.locator('.caf-input').first().focus();
  await widget.set({ locale: 'en' });
  await expect(pick).toHaveText('Choose files');
  await expect.poll(() => focused(page)).toBe('Choose files');
});

test('order and filter survive the change, and say so', async ({ open, place }) => {
  for (const name of ['1.txt', '2.txt', '3.txt', '4.txt', 'virus.txt']) await seed(place, name);
  const widget = await open();
  const { pick, order, filter } = parts(widget);
  await order.selectOption({ index: 1 });
  await filter.selectOption({ index: 3 });
  await expect(widget.rows).toHaveCount(1);
  await widget.set({ locale: 'de' });
  await expect(pick).toHaveText('Dateien auswählen');
  await expect(widget.rows).toHaveCount(1);
  expect(await order.evaluate((select: HTMLSelectElement) => select.selectedIndex)).toBe(1);
  expect(await filter.evaluate((select: HTMLSelectElement) => select.selectedIndex)).toBe(3);
  await filter.selectOption({ index: 0 });
  await expect(widget.rows).toHaveCount(5);
});

test('the language around the element counts, and a text of the host wins', async ({ open, page }) => {
  const widget = await open();
  const { pick } = parts(widget);
  await page.evaluate(() => (document.documentElement.lang = 'de'));
  await widget.set({ lang: 'de' });
  await expect(pick).toHaveText('Dateien auswählen');
  await widget.host.evaluate((host) => {
    (host as HTMLElement & { strings: Record<string, string> }).strings = { 'choose-files': 'Her damit' };
  });
  await expect(pick).toHaveText('Her damit');
  await expect(widget.host.locator('.caf-note'), 'the rest stays German').not.toHaveText('No files yet');
});

test('what is refused by then is explained in the new language', async ({ open }) => {
  const widget = await open();
  await widget.pick({ name: 'run.exe', content: 'x' });
  await widget.reaches('run.exe', 'invalid');
  await widget.set({ locale: 'de' });
  await expect(parts(widget).row('run.exe')).not.toContainText('are not allowed here');
  await expect(parts(widget).row('run.exe')).toContainText('.exe');
});
