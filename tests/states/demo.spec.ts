// The demo page holds itself to what it asks of the element.
import type { Page } from '@playwright/test';
import { REFUSED_REQUEST, expect, test } from '../browser/bench.ts';
import { Widget } from '../browser/widget.ts';
import { axe } from './examine.ts';

const PICTURES = 'test-results/demo';

test.beforeEach(async ({ page, place }) => {
  await page.route('**/demo.json', (route) => route.fulfill({ json: place }));
});

async function demo(page: Page, origin: string, query = '') {
  await page.goto(`${origin}/index.html${query}`);
  const widget = new Widget(page, '#case-files');
  await widget.ready();
  await expect(page.getByRole('group', { name: 'Make something go wrong' })).toBeVisible();
  return widget;
}

const select = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });

for (const { name, query = '', width = 1280 } of [
  { name: 'wide' },
  { name: 'narrow', width: 320 },
  { name: 'right-to-left', query: '?locale=ar' },
  { name: 'narrow-right-to-left', query: '?locale=he', width: 320 },
  { name: 'dark', query: '?theme=dark&density=dense' },
]) {
  test(`the page is clean for axe and does not overflow: ${name}`, async ({ page, origin }) => {
    await page.setViewportSize({ width, height: 900 });
    await demo(page, origin, query);
    await page.getByText('Settings', { exact: true }).click();
    expect(await axe(page, 'html')).toEqual([]);
    await page.getByText('Settings', { exact: true }).click();
    expect(await axe(page, 'html')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  });
}

test('switches set attributes, stand in the address and survive a reload', async ({ page, origin }) => {
  const widget = await demo(page, origin, '?mode=nonsense');
  await select(page, 'Language').selectOption('Deutsch');
  await select(page, 'Density').selectOption('Dense');
  await select(page, 'Mode').selectOption('Read only');
  await page.getByLabel('Manual start').check();
  await page.reload();
  for (const [name, value] of Object.entries({ locale: 'de', density: 'dense', readonly: '', 'manual-start': '' })) {
    await expect(widget.host).toHaveAttribute(name, value);
  }
  await expect(select(page, 'Language')).toHaveValue('de');
  await select(page, 'Mode').selectOption('Normal');
  await expect(widget.host).not.toHaveAttribute('readonly');
});

test('right to left follows the language until it is chosen', async ({ page, origin }) => {
  await demo(page, origin);
  const root = page.locator('html');
  await select(page, 'Language').selectOption('עברית');
  await expect(root).toHaveAttribute('dir', 'rtl');
  await select(page, 'Direction').selectOption('Left to right');
  await expect(root).toHaveAttribute('dir', 'ltr');
});

test('faults reach the emulator, and all is well again at a click', async ({ page, origin, control, expected }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await demo(page, origin);
  const settings = () => control.settings();
  await page.getByLabel('Silent scanner').check();
  await page.getByLabel('Slow upload').check();
  await expect.poll(settings).toMatchObject({ scannerSilent: true, s3BytesPerSecond: 400_000 });
  await page.getByRole('button', { name: 'Next upload gets a 503' }).click();
  await page.getByRole('button', { name: 'Next upload’s URL is expired' }).click();
  await expect.poll(async () => (await control.faults()).length).toBe(2);
  await page.reload();
  await expect(page.getByLabel('Silent scanner')).toBeChecked();
  await page.getByRole('button', { name: 'All well again' }).click();
  await expect.poll(settings).toMatchObject({ scannerSilent: false, s3BytesPerSecond: null });
  await expect(page.getByLabel('Silent scanner')).not.toBeChecked();
  await page.getByRole('button', { name: 'A small file' }).click();
  await widget.reaches('Delivery note 1.txt', 'approved');
});

test('awkward names all end in a row, and the page keeps its shape', async ({ page, origin, control }) => {
  await control.set({ rateLimited: false });
  await page.setViewportSize({ width: 320, height: 900 });
  const widget = await demo(page, origin);
  await page.getByRole('button', { name: 'Add awkward names' }).click();
  await expect.poll(async () => (await widget.items()).length).toBe(15);
  await expect
    .poll(async () => (await widget.items()).every(({ phase }) => ['approved', 'invalid'].includes(phase)))
    .toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: `${PICTURES}/awkward-320.png`, fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.screenshot({ path: `${PICTURES}/awkward.png`, fullPage: true });
});
