// Errors that a network, a proxy or the user's disk makes, each file named by its code.
import { utimesSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect, test } from '../browser/bench.ts';
import { onDisk } from '../browser/files.ts';
import { driveTime } from '../browser/time.ts';
import type { Place } from '../support/programs.mjs';
import { LONG, type State } from './state.ts';

const BROKEN = /ERR_|net::/;
const cors = { 'access-control-allow-origin': '*' };
/** As S3 says it, to the letter that the widget reads. */
const NOT_SIGNED =
  '<Error><Code>AccessDenied</Code><Message>There were headers</Message><HeadersNotSigned>x-amz-extra</HeadersNotSigned></Error>';

/** Answers that the emulator never gives: a login page, none at all, a complaint about a header added on the way. */
async function interfere(page: Page, place: Place) {
  await page.route(`${place.endpoint}/attached-files/**`, (route) => {
    const body = route.request().postData() ?? '';
    if (body.includes('unexpected_answer')) return route.fulfill({ headers: cors, body: '<h1>Sign in</h1>' });
    if (body.includes('backend_unreachable')) return route.abort('connectionrefused');
    return route.fallback();
  });
}

export const midway: State[] = [
  {
    name: 'errors on the way',
    expected: [REFUSED_REQUEST, BROKEN, BLOCKED_BY_CORS],
    bring: async ({ open, control, page, place }) => {
      await control.set({ rateLimited: false });
      await interfere(page, place);
      await control.fault('StartAttachedFileUpload', { kind: 'expired' }, { fileName: 'url_expired', times: null });
      await control.fault('PutObject', { kind: 'reset' }, { fileName: 'network_lost', times: null });
      const time = await driveTime(page);
      const widget = await open();
      // A bucket that has answered once is not taken for one without a CORS rule.
      await widget.attach('ready.txt');
      for (const code of ['unexpected_answer', 'backend_unreachable', 'url_expired', 'network_lost']) {
        await widget.pick({ name: `${code}.txt`, content: 'x' });
        const reached = async () => {
          await time.pass(30_000, { step: 5_000 });
          return (await widget.item(`${code}.txt`))?.error?.code;
        };
        await expect.poll(reached, { timeout: 20_000 }).toBe(code);
      }
      return widget;
    },
  },
  {
    name: 'error headers_not_signed',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, page, place }) => {
      await page.route(`${place.s3}/**`, (route) =>
        route.fulfill({ status: 403, headers: cors, contentType: 'application/xml', body: NOT_SIGNED }),
      );
      const widget = await open();
      await widget.attach('a.txt', 'x', 'error');
      expect((await widget.item('a.txt'))?.error?.code).toBe('headers_not_signed');
      return widget;
    },
  },
  {
    name: 'error file_unreadable',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, control }) => {
      const path = test.info().outputPath('changing.txt');
      onDisk(path, 1000);
      await control.fault('StartAttachedFileUpload', { kind: 'delay', ms: LONG });
      const widget = await open();
      await widget.pick(path);
      await widget.reaches('changing.txt', 'starting');
      onDisk(path, 2000);
      // Browsers compare whole seconds.
      utimesSync(path, new Date(), new Date(Date.now() + 10_000));
      await control.advance(LONG);
      await widget.reaches('changing.txt', 'error');
      return widget;
    },
  },
];
