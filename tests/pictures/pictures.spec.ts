// The pictures of README and guide. No test: nothing is compared, `cargo xtask pictures` writes them to docs/.
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { REFUSED_REQUEST, expect, test } from '../browser/bench.ts';
import { seed } from '../browser/seed.ts';
import { Widget } from '../browser/widget.ts';
import { minutesAgo, standStill } from '../states/still.ts';
import { fill, prepare, trouble } from './case.ts';
import { photo } from './photo.ts';

const FOLDER = process.env.PICTURES ?? 'test-results/pictures';

test.use({
  viewport: { width: 792, height: 900 },
  deviceScaleFactor: 1.5,
  timezoneId: 'UTC',
  locale: 'en-US',
  colorScheme: 'light',
  reducedMotion: 'reduce',
});

test.beforeEach(async ({ page, expected }) => {
  expected.push(REFUSED_REQUEST);
  await standStill(page);
});

function shoot(what: Page | Locator, name: string) {
  return what.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/** The element alone, with a margin of its page around it. */
async function shootElement({ page, host }: Widget, name: string) {
  const box = await host.boundingBox();
  if (!box) throw new Error('the element is not to be seen');
  const clip = { x: box.x - 16, y: box.y - 16, width: box.width + 32, height: box.height + 32 };
  await page.screenshot({ path: join(FOLDER, `${name}.png`), clip, fullPage: true, animations: 'disabled', caret: 'hide' });
}

interface Shot {
  name: string;
  attributes?: Record<string, string>;
  dir?: 'rtl';
  width?: number;
  dark?: boolean;
}

const SHOTS: Shot[] = [
  { name: 'widget-light' },
  { name: 'widget-dark', dark: true },
  { name: 'widget-de', attributes: { locale: 'de' } },
  { name: 'widget-ar', attributes: { locale: 'ar' }, dir: 'rtl' },
  { name: 'widget-dense', attributes: { density: 'dense' } },
  { name: 'widget-narrow', width: 320 },
];

for (const { name, attributes = {}, dir = 'ltr', width = 792, dark = false } of SHOTS) {
  test(name, async ({ open, page, control, place }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
    await fill(control, place);
    const goOn = await prepare(page);
    const widget = await open();
    await goOn(widget, control);
    // Last: until then the controls are found by their English names.
    await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
    await widget.set(attributes);
    // All of the list where there is room for it.
    if (width > 320) await widget.host.evaluate((host) => host.style.setProperty('--caf-list-block-size', 'none'));
    await expect(widget.host.locator(`.caf-panel[lang="${attributes.locale ?? 'en'}"]`)).toBeVisible();
    await shootElement(widget, name);
  });
}

test('widget-errors', async ({ open, control }) => {
  await minutesAgo(control, 0);
  const widget = await open();
  await trouble(widget, control);
  await shootElement(widget, 'widget-errors');
});

test('widget-preview', async ({ open, page, control, place }) => {
  await page.setViewportSize({ width: 792, height: 560 });
  const content = await photo(page);
  await fill(control, place);
  await seed(place, 'Cracked tank, side.jpg', content);
  const widget = await open();
  await widget.button('Preview', 'Cracked tank, side.jpg').click();
  const dialog = widget.host.getByRole('dialog', { name: 'Cracked tank, side.jpg' });
  await expect(dialog.getByRole('img')).toBeVisible();
  await shoot(page, 'widget-preview');
});

for (const theme of ['light', 'dark']) {
  test(`demo-${theme}`, async ({ page, origin, control, place }) => {
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.route('**/demo.json', (route) => route.fulfill({ json: place }));
    await fill(control, place);
    const goOn = await prepare(page);
    await page.goto(`${origin}/index.html?theme=${theme}`);
    const widget = new Widget(page, '#case-files');
    await widget.ready();
    await goOn(widget, control);
    await shoot(page, `demo-${theme}`);
  });
}
