// What every browser test starts from: backend, emulator and pages of its own, the emulator reset, and a
// page whose console must stay clean.
import { test as base, expect, type Page } from '@playwright/test';
import { Control } from '../support/control.mjs';
import { start, type Place } from '../support/programs.mjs';
import { recordEvents } from './events.ts';
import { Widget } from './widget.ts';

export { expect };

interface Servers {
  place: Place;
  origin: string;
}

/** What is opened. */
interface Opening {
  /** A page of www/, the bare element by default. */
  page?: string;
  /** What the page reads from its address instead of the usual. */
  query?: Record<string, string>;
}

interface Bench {
  control: Control;
  place: Place;
  origin: string;
  /** Console errors that a test provokes on purpose. */
  expected: RegExp[];
  /** Opens a page with one widget and waits until it stands and has read limits and list. */
  open(opening?: Opening): Promise<Widget>;
  /** Opens a page and waits for nothing. */
  goto(opening?: Opening): Promise<Widget>;
}

/** Chromium reports every refused or broken request as a console error of its own. */
export const REFUSED_REQUEST = /^Failed to load resource: /;
export const BLOCKED_BY_CORS = /has been blocked by CORS policy/;

export const test = base.extend<Bench, { servers: Servers }>({
  servers: [
    async ({}, use) => {
      const backend = await start('backend', ['--port', '0', '--json']);
      const pages = await start('xtask', ['pages', '--port', '0', '--json', '--demo-json', '{}']);
      await use({ place: backend.said, origin: pages.said.origin });
      await Promise.all([backend.end(), pages.end()]);
    },
    { scope: 'worker' },
  ],
  place: ({ servers }, use) => use(servers.place),
  origin: ({ servers }, use) => use(servers.origin),
  expected: async ({}, use) => use([]),

  control: [
    async ({ servers }, use) => {
      const control = new Control(servers.place.control);
      await control.reset();
      // The verdict is there when the first poll asks; a test of the scanner sets its own time.
      await control.set({ scanDelayMs: 0 });
      await use(control);
    },
    { auto: true },
  ],

  page: async ({ page, expected }, use) => {
    const complaints = watchConsole(page);
    await page.addInitScript(recordEvents);
    await use(page);
    const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
    expect(unexpected, 'nothing unexpected in the console').toEqual([]);
  },

  goto: ({ page, origin, place }, use) =>
    use(async ({ page: path = 'element.html', query = {} } = {}) => {
      const { endpoint, instanceId, caseArn: resource } = place;
      const all = new URLSearchParams({ endpoint, 'instance-id': instanceId, resource, ...query });
      await page.goto(`${origin}/${path}?${all}`);
      return new Widget(page);
    }),

  open: ({ goto }, use) =>
    use(async (opening) => {
      const widget = await goto(opening);
      await widget.ready();
      return widget;
    }),
});

/** Where every test has requests that fail on purpose. */
export const refusing = test.extend({ expected: ({}, use) => use([REFUSED_REQUEST]) });

function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
