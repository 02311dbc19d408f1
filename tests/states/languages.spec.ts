// Every language at the smallest width: no text pushes another out of the panel.
import { readFileSync, readdirSync } from 'node:fs';
import { REFUSED_REQUEST, expect, test } from '../browser/bench.ts';
import { everyState } from '../browser/states.ts';
import { axe, misfits } from './examine.ts';
import { minutesAgo, standStill } from './still.ts';

const TRANSLATIONS = new URL('../../src/locales/', import.meta.url);
const RIGHT_TO_LEFT = ['ar', 'he'];
const locales = readdirSync(TRANSLATIONS).map((file) => file.replace('.json', ''));

test('a row in every state in every language at 320 pixels', async ({ open, control, place, page, expected }) => {
  test.setTimeout(180_000);
  expected.push(REFUSED_REQUEST);
  await standStill(page);
  await minutesAgo(control, 0);
  const widget = await everyState({ open, control, place });
  await page.setViewportSize({ width: 320, height: 2_600 });
  await widget.host.evaluate((host) => host.style.setProperty('--caf-list-block-size', 'none'));
  expect(locales).toHaveLength(16);
  for (const locale of ['en', ...locales]) {
    await test.step(locale, async () => {
      const choose = locale === 'en' ? 'Choose files' : words(locale)['choose-files'];
      await widget.set({ locale });
      await page.evaluate(
        ([lang, dir]) => Object.assign(document.documentElement, { lang, dir }),
        [locale, RIGHT_TO_LEFT.includes(locale) ? 'rtl' : 'ltr'] as const,
      );
      await expect(widget.host.locator('.caf-button-main')).toHaveText(choose ?? '');
      await expect(widget.rows, locale).toHaveCount(12);
      await page.screenshot({ path: `test-results/states/language-${locale}.png`, fullPage: true });
      expect.soft(await misfits(widget), locale).toEqual({ sticksOut: [], small: [] });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(overflow, `${locale}: pixels to the side`).toBeLessThanOrEqual(0);
      if (RIGHT_TO_LEFT.includes(locale)) expect.soft(await axe(page), locale).toEqual([]);
    });
  }
});

function words(locale: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`${locale}.json`, TRANSLATIONS), 'utf8'));
}
