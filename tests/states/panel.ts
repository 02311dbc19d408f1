// States of the panel as a whole.
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect } from '../browser/bench.ts';
import { drag } from '../browser/drag.ts';
import { seed } from '../browser/seed.ts';
import { everyState } from '../browser/states.ts';
import { driveTime } from '../browser/time.ts';
import { LONG, type State } from './state.ts';

const denied = { kind: 'status', status: 403, code: 'AccessDeniedException' } as const;
const MANY = 100;
const WASM = '**/*.wasm';

export const panel: State[] = [
  { name: 'empty', bring: ({ open }) => open() },
  {
    name: 'no case',
    bring: async ({ goto }) => {
      const widget = await goto({ query: { resource: '' } });
      await expect(widget.panel).toContainText('Open a case');
      return widget;
    },
  },
  { name: 'email', bring: ({ open, place }) => open({ query: { resource: place.contactArn } }) },
  {
    name: 'module loading',
    bring: async ({ goto, page }) => {
      await page.route(WASM, () => {});
      const widget = await goto();
      await expect(widget.input).toBeVisible();
      return widget;
    },
  },
  {
    name: 'module not loaded',
    expected: [REFUSED_REQUEST],
    bring: async ({ goto, page }) => {
      await page.route(WASM, (route) => route.fulfill({ status: 503 }));
      const widget = await goto();
      await expect(widget.host.getByRole('alert')).toContainText('could not be loaded');
      return widget;
    },
  },
  {
    name: 'limits awaited',
    bring: async ({ goto, control }) => {
      await control.fault('DescribeAttachedFilesConfiguration', { kind: 'delay', ms: LONG });
      const widget = await goto();
      await widget.stands();
      await expect(widget.panel.getByText('No files yet')).toBeVisible();
      return widget;
    },
  },
  {
    name: 'limits unknown',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, control }) => {
      await control.set({ describeDenied: true });
      return open();
    },
  },
  { name: 'count limited', bring: ({ open }) => open({ query: { 'max-files': '50' } }) },
  {
    name: 'list loading',
    bring: async ({ goto, control }) => {
      await control.fault('SearchRelatedItems', { kind: 'delay', ms: LONG });
      const widget = await goto();
      await widget.stands();
      await expect.poll(async () => (await widget.limits())?.source).not.toBe('awaited');
      return widget;
    },
  },
  {
    name: 'list failed',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, control }) => {
      await control.fault('SearchRelatedItems', denied);
      const widget = await open();
      await expect(widget.panel.getByRole('alert').filter({ visible: true })).toBeVisible();
      return widget;
    },
  },
  {
    name: 'offline',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, context }) => {
      const widget = await open();
      await context.setOffline(true);
      await widget.pick({ name: 'waits.txt', content: 'x' });
      await expect(widget.row('waits.txt')).toContainText('Waiting for the network');
      return widget;
    },
  },
  {
    name: 'dragged over',
    bring: async ({ open, page }) => {
      const widget = await open();
      await drag(page, widget.panel, { files: ['/etc/hostname'] });
      return widget;
    },
  },
  {
    name: 'question before a delete',
    windowOnly: true,
    bring: async ({ open, place }) => {
      await seed(place, 'a.txt');
      const widget = await open();
      await widget.button('Delete', 'a.txt').click();
      await expect(widget.dialog).toBeVisible();
      return widget;
    },
  },
  {
    name: 'bucket without its rule',
    expected: [REFUSED_REQUEST, BLOCKED_BY_CORS],
    bring: async ({ open, control, page }) => {
      await control.set({ s3CorsOrigins: [] });
      const time = await driveTime(page);
      const widget = await open();
      // One after the other, so that the last word is always about the same one.
      for (const name of ['a.txt', 'b.txt']) {
        await widget.pick({ name, content: 'x' });
        await widget.reaches(name, 'uploading');
        await time.pass(LONG);
        await widget.reaches(name, 'error');
      }
      return widget;
    },
  },
  { name: 'every state at once', expected: [REFUSED_REQUEST], noTree: true, bring: everyState },
  {
    name: 'many rows',
    windowOnly: true,
    noTree: true,
    bring: async ({ open, control }) => {
      await control.set({ rateLimited: false, maxFilesPerResource: null });
      const widget = await open();
      const names = Array.from({ length: MANY }, (_, at) => `reading ${at + 1}.exe`);
      await widget.add(...names.map((name) => ({ name, content: 'x' })));
      await expect.poll(async () => (await widget.items()).length).toBe(MANY);
      return widget;
    },
  },
];
