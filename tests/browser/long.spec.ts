// Lists too long to draw: only what is in sight is there, and keys and screen readers still find all of it.
import type { Locator } from '@playwright/test';
import { expect, test } from './bench.ts';
import { focused } from './focus.ts';
import type { Widget } from './widget.ts';

const MANY = 1_000;

/** A thousand files that a rule refuses, so that nothing but the list has work to do. */
async function thousand(widget: Widget) {
  await widget.host.evaluate((host, count) => {
    const files = Array.from({ length: count }, (_, at) => new File(['x'], `${at}.exe`));
    (host as HTMLElement & { addFiles(files: File[]): void }).addFiles(files);
  }, MANY);
  await expect.poll(async () => (await widget.items()).length, { timeout: 30_000 }).toBe(MANY);
  await expect(widget.rows.first()).toHaveAttribute('aria-setsize', `${MANY}`);
}

/** Name and place of each row that is drawn. */
function drawn(widget: Widget) {
  return widget.rows.evaluateAll((rows) =>
    rows.map((row) => ({
      name: row.querySelector('bdi')?.textContent ?? '',
      at: Number(row.getAttribute('aria-posinset')),
      of: Number(row.getAttribute('aria-setsize')),
    })),
  );
}

/** Whether the whole of a row is in sight within the list. */
function inSight(row: Locator) {
  return row.evaluate((row) => {
    const [own, list] = [row.getBoundingClientRect(), row.parentElement?.getBoundingClientRect()];
    return list !== undefined && own.top > list.top - 1 && own.bottom < list.bottom + 1;
  });
}

/** Whether rows fill all that is in sight of the list. */
function isFilled(widget: Widget) {
  return widget.list.evaluate((list) => {
    const [all, { top, bottom }] = [[...list.children], list.getBoundingClientRect()];
    const rows = all.map((row) => row.getBoundingClientRect()).filter((row) => row.bottom > top && row.top < bottom);
    const height = rows.reduce((sum, row) => sum + Math.min(row.bottom, bottom) - Math.max(row.top, top), 0);
    return Math.abs(height - (bottom - top)) < 2;
  });
}

/** In the order shown: the newest is first. */
const name = (at: number) => `${MANY - at}.exe`;

test('of a thousand files only those in sight are drawn, each with its place', async ({ open, page }) => {
  const widget = await open();
  await thousand(widget);
  for (const top of [0, 20_000, 45_000]) {
    await widget.list.evaluate((list, top) => list.scrollTo(0, top), top);
    await expect.poll(() => isFilled(widget)).toBe(true);
    const rows = await drawn(widget);
    expect(rows.length).toBeLessThan(100);
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row).toEqual({ name: name(row.at), at: row.at, of: MANY });
    const places = rows.map((row) => row.at);
    expect(places, 'one after the other, without a gap').toEqual(places.map((_, at) => (places[0] ?? 0) + at));
  }
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(100);
});

test('End, Home, page keys and arrows reach far rows', async ({ open, page }) => {
  const widget = await open();
  await thousand(widget);
  await widget.button('Rename', name(1)).focus();
  for (const [key, at] of [
    ['ArrowDown', 2],
    ['PageDown', 12],
    ['End', MANY],
    ['ArrowDown', MANY],
    ['PageUp', MANY - 10],
    ['ArrowUp', MANY - 11],
    ['Home', 1],
    ['ArrowUp', 1],
  ] as const) {
    await page.keyboard.press(key);
    expect(await focused(page), key).toBe(`row ${name(at)}`);
    await expect.poll(() => inSight(widget.row(name(at))), key).toBe(true);
    await expect(widget.row(name(at))).toHaveAttribute('aria-posinset', `${at}`);
    expect((await widget.rows.count()), key).toBeLessThan(100);
  }
});

test('the row with the focus stays while the list is scrolled away from it', async ({ open, page }) => {
  const widget = await open();
  await thousand(widget);
  await widget.button('Remove from list', name(3)).focus();
  await widget.list.evaluate((list) => list.scrollTo(0, 40_000));
  await expect.poll(async () => (await drawn(widget)).some((row) => row.at > 400)).toBe(true);
  expect(await focused(page)).toBe(`Remove from list: ${name(3)}`);
  await expect(widget.row(name(3))).toHaveAttribute('aria-posinset', '3');
  expect(await inSight(widget.row(name(3)))).toBe(false);
  // Acting on it from afar hands the focus on to the row beside it.
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await widget.items()).length).toBe(MANY - 1);
  expect(await focused(page)).toMatch(/\.exe/);
});

test('the tab key goes from row to row beyond what is in sight', async ({ open, page }) => {
  const widget = await open();
  await thousand(widget);
  await widget.button('Rename', name(1)).focus();
  for (let at = 1; at <= 25; at += 1) {
    expect(await focused(page)).toBe(`Rename: ${name(at)}`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(`Remove from list: ${name(at)}`);
    await page.keyboard.press('Tab');
  }
});

test('a list that has become short again is drawn whole, and says no more than a list', async ({ open }) => {
  const widget = await open();
  await thousand(widget);
  await widget.list.evaluate((list) => list.scrollTo(0, 60_000));
  const rest = (await widget.items()).slice(90);
  await widget.host.evaluate((host, ids) => {
    for (const id of ids) (host as HTMLElement & { remove(id: number): void }).remove(id);
  }, rest.map((item) => item.id));
  await expect(widget.rows).toHaveCount(90);
  await expect(widget.list.locator('[aria-setsize]')).toHaveCount(0);
  expect(await widget.names()).toEqual(Array.from({ length: 90 }, (_, at) => name(at + 1)));
});
