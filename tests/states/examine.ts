// What is asked of every state: axe, its tree, room at 320 pixels, targets; and its pictures.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { Widget } from '../browser/widget.ts';

const PICTURES = 'test-results/states';
const USUAL = { width: 800, height: 400 };
/** No state is a higher picture. */
const HIGHEST = 3_000;

/** Every rule of axe for WCAG up to 2.2 AA and its good practices, in light and dark. */
export async function axe(page: Page, include = 'connect-attached-files') {
  const found = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const targets = { 'target-size': { enabled: true } };
    const { violations } = await new AxeBuilder({ page }).include(include).options({ rules: targets }).analyze();
    for (const { id, help, nodes } of violations) {
      const where = nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
      found.push({ colorScheme, id, help, where });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  return found;
}

/** Elements of a widget that reach out of its panel, and controls that are too small to be hit. */
export function misfits(widget: Widget) {
  return widget.host.evaluate((host) => {
    const root = host.shadowRoot ?? host;
    const name = (element: Element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`;
    const all = [...root.querySelectorAll('*')].filter((element) => element.checkVisibility());
    const inside = (element: Element): boolean => {
      for (let above = element.parentElement; above; above = above.parentElement) {
        // The list scrolls upwards and downwards only.
        if (above.matches('.caf-list')) continue;
        if (getComputedStyle(above).overflowX !== 'visible') return true;
      }
      const { left, right } = element.getBoundingClientRect();
      return left >= -0.5 && right <= document.documentElement.clientWidth + 0.5;
    };
    const sticksOut = all.filter((element) => !inside(element)).map(name);
    const controls = all.filter((element) => element.matches('button, input, select, a, summary, [tabindex="0"]'));
    const isSmall = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return Math.min(width, height) < 24;
    };
    return { sticksOut, small: controls.filter(isSmall).map(name) };
  });
}

interface Mode {
  /** End of the picture's name. */
  name: string;
  media?: Parameters<Page['emulateMedia']>[0];
  width?: number;
  dir?: 'rtl';
}

const MODES: Mode[] = [
  { name: 'light', media: { colorScheme: 'light' } },
  { name: 'dark', media: { colorScheme: 'dark' } },
  { name: 'forced', media: { forcedColors: 'active' } },
  { name: '320', width: 320 },
  // A window of 1280 pixels at 200 %.
  { name: 'zoom', width: 640 },
  { name: 'rtl', dir: 'rtl' },
];

/** Takes the pictures, and measures in each mode. */
export async function inEveryMode(widget: Widget, name: string, windowOnly = false) {
  const { page } = widget;
  for (const { name: mode, media, width = USUAL.width, dir } of MODES) {
    await page.setViewportSize({ ...USUAL, width });
    await page.emulateMedia({ colorScheme: null, forcedColors: null, ...media });
    await page.evaluate((dir) => (document.documentElement.dir = dir), dir ?? 'ltr');
    const file = `${PICTURES}/${name.replaceAll(' ', '-')}.${mode}.png`;
    // As high as the page, not a full-page picture: rows out of the window's sight may not be drawn.
    const height = windowOnly ? USUAL.height : await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.min(Math.max(height, USUAL.height), HIGHEST) });
    await page.screenshot({ path: file });
    expect.soft(await misfits(widget), mode).toEqual({ sticksOut: [], small: [] });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(overflow, `${mode}: pixels to the side`).toBeLessThanOrEqual(0);
  }
}
