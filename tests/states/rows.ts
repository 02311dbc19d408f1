// States of a row: one file, by its way to the verdict and what may hold it up.
import { REFUSED_REQUEST, expect } from '../browser/bench.ts';
import { seed } from '../browser/seed.ts';
import { UNDO_MS, driveTime } from '../browser/time.ts';
import { HELD, holdSending } from './sending.ts';
import { LONG, type Parts, type State } from './state.ts';

const MINUTE = 60_000;
const big = (name: string) => ({ name, content: 'x'.repeat(2 * HELD) });
const soon = { 'Retry-After': '60' };

/** A file whose bytes do not move, and one behind it. */
async function sending({ open, page }: Parts, query: Record<string, string> = {}) {
  await holdSending(page);
  const widget = await open({ query });
  await widget.pick(big('sending.pdf'));
  await widget.reaches('sending.pdf', 'uploading');
  return widget;
}

async function scanned({ open, control }: Parts, name: string, phase: string) {
  await control.set({ scannerSilent: phase === 'scanning' });
  const widget = await open();
  await widget.attach(name, 'x', phase);
  return widget;
}

/** Brought about by a file that waits for the scanner so long. */
async function unscanned(parts: Parts, passed: number, step: number, says: string) {
  await parts.control.set({ rateLimited: false });
  const time = await driveTime(parts.page);
  const widget = await scanned(parts, 'a.txt', 'scanning');
  await time.pass(passed, { step });
  await expect(widget.row('a.txt')).toContainText(says);
  return widget;
}

/** A file on its way out, so long after somebody said yes. */
async function deleting({ open, page, place }: Parts, passed: number) {
  await seed(place, 'a.pdf');
  const time = await driveTime(page);
  const widget = await open();
  await page.evaluate(() => window.freeze());
  await widget.delete('a.pdf');
  await expect(widget.button('Undo', 'a.pdf')).toBeVisible();
  await time.pass(passed, { stuck: 1 });
  await expect(widget.button('Undo', 'a.pdf')).toBeVisible({ visible: passed < UNDO_MS });
  return widget;
}

export const rows: State[] = [
  {
    name: 'invalid',
    bring: async ({ open, control }) => {
      await control.set({ maximumSizeLimitInBytes: 1000 });
      const widget = await open();
      const names = ['run.exe', 'no extension', 'too large.txt', 'empty.txt'];
      for (const name of names) {
        await widget.pick({ name, content: { 'empty.txt': '', 'too large.txt': 'x'.repeat(2000) }[name] ?? 'x' });
        await widget.reaches(name, 'invalid');
        await expect(widget.live, 'told by itself').toContainText(name);
      }
      return widget;
    },
  },
  {
    name: 'queued',
    bring: async (parts) => {
      const widget = await sending(parts, { concurrency: '1' });
      await widget.pick({ name: 'next.txt', content: 'x' });
      await widget.reaches('next.txt', 'queued');
      return widget;
    },
  },
  {
    name: 'starting',
    bring: async ({ open, control }) => {
      await control.fault('StartAttachedFileUpload', { kind: 'delay', ms: LONG });
      const widget = await open();
      await widget.attach('a.txt', 'x', 'starting');
      return widget;
    },
  },
  {
    name: 'uploading',
    bring: async (parts) => {
      const time = await driveTime(parts.page);
      const { sendTo } = await holdSending(parts.page);
      const widget = await parts.open();
      await parts.page.evaluate(() => window.freeze());
      await widget.pick(big('sending.pdf'));
      await widget.reaches('sending.pdf', 'uploading');
      await time.pass(1_000);
      for (const share of [0.1, 0.2, 0.3, 0.4]) {
        await time.pass(3_000, { step: 3_000 });
        await sendTo(share);
      }
      await expect.poll(async () => (await widget.item('sending.pdf'))?.secondsLeft).toBeGreaterThan(0);
      return widget;
    },
  },
  {
    name: 'stalled',
    bring: async (parts) => {
      const time = await driveTime(parts.page);
      const widget = await sending(parts);
      await parts.page.evaluate(() => window.sendTo(0.4));
      await time.pass(8_000, { step: 8_000, stuck: 1 });
      await expect(widget.row('sending.pdf')).toContainText('No data is moving');
      return widget;
    },
  },
  {
    name: 'paused',
    bring: async (parts) => {
      const widget = await sending(parts);
      await widget.button('Pause', 'sending.pdf').click();
      await expect(widget.row('sending.pdf')).toContainText('Paused');
      return widget;
    },
  },
  {
    name: 'throttled',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, control }) => {
      const fault = { kind: 'status', status: 429, code: 'ThrottlingException', headers: soon } as const;
      await control.fault('StartAttachedFileUpload', fault, { times: null });
      const widget = await open();
      await widget.pick({ name: 'a.txt', content: 'x' });
      await expect(widget.row('a.txt')).toContainText('Waiting for Amazon Connect');
      return widget;
    },
  },
  {
    name: 'waiting to try again',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, control }) => {
      const fault = { kind: 'status', status: 503, code: 'ServiceUnavailable', headers: soon } as const;
      await control.fault('StartAttachedFileUpload', fault, { times: null });
      const widget = await open();
      await widget.pick({ name: 'a.txt', content: 'x' });
      await expect(widget.row('a.txt')).toContainText('Waiting to try again');
      return widget;
    },
  },
  {
    name: 'completing',
    bring: async ({ open, control }) => {
      await control.fault('CompleteAttachedFileUpload', { kind: 'delay', ms: LONG });
      const widget = await open();
      await widget.attach('a.txt', 'x', 'completing');
      return widget;
    },
  },
  { name: 'scanning', bring: (parts) => scanned(parts, 'a.txt', 'scanning') },
  { name: 'scanning slowly', bring: (parts) => unscanned(parts, 2 * MINUTE, 1_000, 'Still being checked') },
  { name: 'scan without result', bring: (parts) => unscanned(parts, 17 * MINUTE, 5_000, 'No result of the check yet') },
  { name: 'approved', bring: (parts) => scanned(parts, 'a.pdf', 'approved') },
  { name: 'rejected', bring: (parts) => scanned(parts, 'virus.docx', 'rejected') },
  { name: 'failed', bring: (parts) => scanned(parts, 'scan-fails.png', 'failed') },
  {
    name: 'canceled',
    bring: async (parts) => {
      const widget = await sending(parts);
      await widget.button('Cancel', 'sending.pdf').click();
      await widget.reaches('sending.pdf', 'canceled');
      return widget;
    },
  },
  {
    name: 'on another case',
    bring: async (parts) => {
      const widget = await sending(parts);
      await widget.host.evaluate((host, arn) => host.setAttribute('resource', arn), parts.place.secondCaseArn);
      await expect(widget.row('sending.pdf')).toContainText('On another case');
      return widget;
    },
  },
  {
    name: 'downloading',
    bring: async ({ open, control, place }) => {
      await seed(place, 'a.pdf', 'x'.repeat(40_000));
      const widget = await open();
      await control.fault('GetAttachedFile', { kind: 'delay', ms: LONG });
      await widget.button('Download', 'a.pdf').click();
      await expect(widget.row('a.pdf')).toContainText('Downloading');
      return widget;
    },
  },
  { name: 'deleting soon', bring: (parts) => deleting(parts, 2_000) },
  {
    name: 'deleting',
    bring: async (parts) => {
      await parts.control.fault('DeleteAttachedFile', { kind: 'delay', ms: LONG });
      return deleting(parts, UNDO_MS + 1_000);
    },
  },
];
