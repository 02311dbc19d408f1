// Several files at once: toolbar and filter, modes in which nothing is added, and a look at a file.
import type { Page } from '@playwright/test';
import { expect } from '../browser/bench.ts';
import { seed } from '../browser/seed.ts';
import { driveTime } from '../browser/time.ts';
import { HELD, holdSending } from './sending.ts';
import type { Parts, State } from './state.ts';

const HELD_BY_THE_CASE = ['a.pdf', 'b.png', 'c.txt', 'scan-fails.png', 'virus.docx'];

async function several({ open, control, place }: Parts, query: Record<string, string> = {}) {
  await control.set({ rateLimited: false });
  for (const name of HELD_BY_THE_CASE) {
    await seed(place, name);
    await control.state();
  }
  const widget = await open({ query });
  await expect(widget.rows).toHaveCount(HELD_BY_THE_CASE.length);
  return widget;
}

/** A picture of the page's own making: a screenshot of something colourful. */
async function image(page: Page) {
  await page.setContent('<div style="height:100vh;background:linear-gradient(45deg,teal,gold)"></div>');
  return page.screenshot({ clip: { x: 0, y: 0, width: 600, height: 300 } });
}

async function looked({ open, place }: Parts, name: string, content: string | Buffer, inside: string) {
  await seed(place, name, content);
  const widget = await open();
  await widget.button('Preview', name).click();
  await expect(widget.host.getByRole('dialog', { name }).locator(inside)).toBeVisible();
  return widget;
}

export const whole: State[] = [
  {
    name: 'several on their way',
    bring: async (parts) => {
      const time = await driveTime(parts.page);
      await holdSending(parts.page);
      const widget = await several(parts);
      await parts.page.evaluate(() => window.freeze());
      for (const name of ['first.pdf', 'second.pdf']) {
        await widget.pick({ name, content: 'x'.repeat(HELD) });
        await widget.reaches(name, 'uploading');
        await time.pass(1_000);
      }
      for (const share of [0.1, 0.2, 0.3, 0.4]) {
        await time.pass(3_000, { step: 3_000 });
        await parts.page.evaluate((share) => window.sendTo(share), share);
      }
      await expect(widget.panel.locator('.caf-run-text')).toContainText('40%, about');
      return widget;
    },
  },
  {
    name: 'filter finds nothing',
    bring: async (parts) => {
      const widget = await several(parts);
      await widget.panel.getByRole('combobox', { name: 'Show' }).selectOption('On their way');
      await expect(widget.panel.getByText('No file of this kind')).toBeVisible();
      return widget;
    },
  },
  { name: 'read only', bring: (parts) => several(parts, { readonly: '' }) },
  { name: 'disabled', bring: (parts) => several(parts, { disabled: '' }) },
  {
    name: 'preview of an image',
    windowOnly: true,
    bring: async (parts) => looked(parts, 'picture.png', await image(parts.page), 'img'),
  },
  {
    name: 'preview of a text',
    windowOnly: true,
    bring: (parts) => looked(parts, 'notes.txt', 'Called back on Monday.\nWaits for the part.\n', 'pre'),
  },
  {
    name: 'preview that cannot be shown',
    windowOnly: true,
    bring: (parts) => looked(parts, 'broken.png', 'no picture', '[role=alert]'),
  },
];
