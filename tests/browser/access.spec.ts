// No violation that axe can find, in any main state, light and dark.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { seed } from './seed.ts';
import { everyState } from './states.ts';

/** What axe finds in light and in dark. */
async function violations(page: Page) {
  const found = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('connect-attached-files').analyze();
    for (const { id, help, nodes } of violations) {
      const where = nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
      found.push({ colorScheme, id, help, where });
    }
  }
  return found;
}

test('axe finds nothing in an empty panel', async ({ open, page }) => {
  await open();
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing with a row in every state', async ({ open, control, page, place, expected }) => {
  expected.push(REFUSED_REQUEST);
  await everyState({ open, control, place });
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing in the question before a delete', async ({ open, page, place }) => {
  await seed(place, 'a.txt');
  const widget = await open();
  await widget.button('Delete', 'a.txt').click();
  await expect(widget.dialog).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing in banners', async ({ open, control, page, expected }) => {
  expected.push(REFUSED_REQUEST);
  await control.set({ describeDenied: true });
  const denied = { kind: 'status', status: 403, code: 'AccessDeniedException' } as const;
  await control.fault('SearchRelatedItems', denied);
  const widget = await open();
  await expect(widget.panel.getByRole('alert').filter({ visible: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing before the module is there', async ({ goto, page }) => {
  await page.route('**/*.wasm', () => {});
  const widget = await goto();
  await expect(widget.input).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('targets are at least 24 pixels in both directions', async ({ open, place, page }) => {
  await page.setViewportSize({ width: 320, height: 600 });
  await seed(place, 'a.txt');
  const widget = await open();
  await expect(widget.rows).toHaveCount(1);
  for (const target of [widget.input, ...(await widget.list.getByRole('button').all())]) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
  }
});

test('nothing sticks out at 320 pixels and at 200 percent', async ({ open, place, page }) => {
  await page.setViewportSize({ width: 320, height: 600 });
  await seed(place, `${'a very long name without an end '.repeat(6)}.txt`);
  await seed(place, `${'x'.repeat(200)}.txt`);
  const widget = await open();
  await expect(widget.rows).toHaveCount(2);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 640, height: 600 });
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await page.evaluate(() => (document.body.style.zoom = '2'));
  expect(await overflow()).toBeLessThanOrEqual(0);
});

test('what happens is said once, in a region that was there before', async ({ open, page }) => {
  const widget = await open();
  await expect(widget.live).toBeAttached();
  await expect(widget.live).toHaveText('');
  const said = await page.evaluateHandle(() => {
    const said: string[] = [];
    const root = document.querySelector('connect-attached-files')?.shadowRoot;
    const regions = [...(root?.querySelectorAll('[role=status]') ?? [])];
    const region = regions.at(-1);
    if (region) {
      new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }
    return said;
  });
  await widget.attach('a.txt');
  await expect(widget.live).toHaveText('a.txt is ready');
  const sentences = await said.jsonValue();
  expect(sentences.length).toBeLessThanOrEqual(3);
  expect(sentences.at(-1)).toBe('a.txt is ready');
  expect(await widget.panel.getByRole('progressbar').count()).toBeLessThanOrEqual(1);
});

test('many files at once are told as a number', async ({ open, control }) => {
  await control.set({ rateLimited: false });
  const widget = await open();
  await widget.pick(...Array.from({ length: 6 }, (_, at) => ({ name: `${at}.txt`, content: 'x' })));
  await expect(widget.live).toHaveText(/^6 files/);
});
