// A page that is really hidden: another tab of the same window is in front. Playwright keeps all its pages
// visible, so these go through Puppeteer, which leaves that to the browser.
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { Place } from '../support/programs.mjs';
import { expect, test } from './bench.ts';
import { recordEvents } from './events.ts';
import { replaceTime } from './time.ts';
import type { Item } from './widget.ts';

interface Host extends HTMLElement {
  items: Item[];
  ready: Promise<void>;
  addFiles(files: File[]): void;
}

const MINUTE = 60_000;

let browser: Browser;

test.beforeEach(async ({ launchOptions, playwright }) => {
  browser = await puppeteer.launch({
    executablePath: launchOptions.executablePath ?? playwright.chromium.executablePath(),
    args: (launchOptions.args ?? []).filter((arg) => arg !== '--headless'),
    defaultViewport: null,
  });
});

test.afterEach(() => browser.close());

test('uploads go on in a hidden tab, verdicts are asked for when it is shown (trap 24)', async ({
  control,
  place,
  origin,
}) => {
  await control.set({ scannerSilent: true, rateLimited: false });
  const page = await opened(origin, place);
  await control.fault('PutObject', { kind: 'delay', ms: MINUTE });
  await add(page, 'a.txt');
  await expect.poll(() => phase(page, 'a.txt')).toBe('uploading');

  const other = await browser.newPage();
  await other.bringToFront();
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('hidden');
  await control.advance(MINUTE);
  await expect.poll(() => phase(page, 'a.txt'), 'nobody looks, and it is sent').toBe('scanning');
  await add(page, 'b.txt');
  await expect.poll(() => phase(page, 'b.txt'), 'begun while hidden').toBe('scanning');
  const polls = async () => (await control.calls()).BatchGetAttachedFileMetadata ?? 0;
  const asked = await polls();
  await page.evaluate((ms) => window.passTime(ms, 15_000, 0), 3 * MINUTE);
  expect(await polls(), 'no verdict is asked for').toBe(asked);

  await control.set({ scannerSilent: false });
  await page.bringToFront();
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('visible');
  for (const name of ['a.txt', 'b.txt']) await expect.poll(() => phase(page, name)).toBe('approved');
  expect(await control.objects()).toHaveLength(2);
});

test('a tab hidden longer than the URL lives comes back to a new URL (trap 13, trap 24)', async ({
  control,
  place,
  origin,
}) => {
  const page = await opened(origin, place);
  await control.fault('PutObject', { kind: 'status', status: 503, code: 'SlowDown' }, { times: 4 });
  await add(page, 'a.txt');
  await expect.poll(() => page.evaluate(hold)).toBe('backoff');
  await (await browser.newPage()).bringToFront();
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('hidden');
  // Timers of a page hidden for minutes come once a minute.
  await control.advance(7 * MINUTE);
  await page.evaluate((ms) => window.passTime(ms, ms, 0), 7 * MINUTE);
  await page.bringToFront();
  await page.evaluate((ms) => window.passTime(ms, 5_000, 0), MINUTE);
  await expect.poll(() => phase(page, 'a.txt')).toBe('approved');
  const errors = (await control.requests('PutObject')).map((request) => request.error);
  expect(errors.filter((error) => error !== 'SlowDown' && error !== null), 'no PUT to a dead URL').toEqual([]);
  await expect.poll(async () => (await control.files()).length, 'the old record is cleared away').toBe(1);
});

/** A page with the widget, in front, its time drivable. */
async function opened(origin: string, place: Place): Promise<Page> {
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  await page.evaluateOnNewDocument(recordEvents);
  await page.evaluateOnNewDocument(replaceTime);
  const { endpoint, instanceId, caseArn: resource } = place;
  const query = new URLSearchParams({ endpoint, 'instance-id': instanceId, resource });
  await page.goto(`${origin}/element.html?${query}`);
  await page.waitForFunction(() => customElements.get('connect-attached-files') !== undefined);
  await page.evaluate(() => (document.querySelector('connect-attached-files') as Host).ready);
  return page;
}

function add(page: Page, name: string) {
  return page.evaluate((name) => {
    (document.querySelector('connect-attached-files') as Host).addFiles([new File(['content'], name)]);
  }, name);
}

function phase(page: Page, name: string) {
  return page.evaluate((name) => {
    const items = (document.querySelector('connect-attached-files') as Host).items;
    return items.find((item) => item.name === name)?.phase;
  }, name);
}

/** Runs in the page. */
function hold() {
  return (document.querySelector('connect-attached-files') as Host).items[0]?.hold;
}
