// Pictures of the main states, kept under test-results for a person to look at.
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect, test } from './bench.ts';
import { drag } from './drag.ts';
import { seed } from './seed.ts';
import { everyState } from './states.ts';
import { driveTime } from './time.ts';

const PICTURES = 'test-results/looks';

test('pictures of the states', async ({ open, control, place, page, expected }) => {
  expected.push(REFUSED_REQUEST);
  const shoot = async (name: string, fullPage = true) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${PICTURES}/${name}-${colorScheme}.png`, fullPage });
    }
  };
  const empty = await open();
  await shoot('empty');
  await drag(page, empty.panel, { files: ['/etc/hostname'] });
  await shoot('dragover');
  const widget = await everyState({ open, control, place });
  await shoot('states');
  await widget.button('Download', 'ready.pdf').focus();
  await page.keyboard.press('Tab');
  await shoot('focus');
  await page.keyboard.press('Enter');
  await expect(widget.dialog).toBeVisible();
  await shoot('question', false);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 320, height: 800 });
  await shoot('320px');
  await page.setViewportSize({ width: 800, height: 800 });
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await shoot('rtl');
  await page.emulateMedia({ forcedColors: 'active' });
  await shoot('forced-colours');
});

test('a picture of banners', async ({ open, control, page, place, expected }) => {
  expected.push(REFUSED_REQUEST);
  await control.set({ describeDenied: true });
  await control.fault('SearchRelatedItems', { kind: 'status', status: 403, code: 'AccessDeniedException' });
  await seed(place, 'unseen.txt');
  const widget = await open();
  await expect(widget.panel.getByRole('alert').filter({ visible: true })).toBeVisible();
  await page.context().setOffline(true);
  await expect(widget.panel.getByText('No network.')).toBeVisible();
  await page.screenshot({ path: `${PICTURES}/banners.png`, fullPage: true });
});

test('a picture of the CORS rule', async ({ open, control, page, expected }) => {
  expected.push(REFUSED_REQUEST, BLOCKED_BY_CORS);
  const time = await driveTime(page);
  const widget = await open();
  await control.set({ s3CorsOrigins: [] });
  await widget.pick({ name: 'a.txt', content: 'x' }, { name: 'b.txt', content: 'x' });
  await time.pass(120_000);
  await widget.reaches('a.txt', 'error');
  await widget.reaches('b.txt', 'error');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${PICTURES}/cors-${colorScheme}.png`, fullPage: true });
  }
});
