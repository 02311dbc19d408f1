// The case of the pictures: what it holds, and what is on its way to it.
import { expect, type Page } from '@playwright/test';
import { seed } from '../browser/seed.ts';
import type { Widget } from '../browser/widget.ts';
import { HELD, holdSending } from '../states/sending.ts';
import { minutesAgo } from '../states/still.ts';
import type { Control } from '../support/control.mjs';
import type { Place } from '../support/programs.mjs';

interface Held {
  name: string;
  size: number;
  minutes: number;
}

const HOLDS: Held[] = [
  { name: 'Order confirmation 77120.pdf', size: 84_000, minutes: 2_900 },
  { name: 'virus-scan report.docx', size: 41_000, minutes: 50 },
  { name: 'Receipt.pdf', size: 126_000, minutes: 38 },
  { name: 'Cracked tank, front.jpg', size: 2_400_000, minutes: 31 },
];

/** What the case holds when the page opens. */
export async function fill(control: Control, place: Place, holds = HOLDS) {
  await control.set({ rateLimited: false });
  for (const { name, size, minutes } of holds) {
    await minutesAgo(control, minutes);
    await seed(place, name, 'x'.repeat(size));
    await control.state();
  }
  await minutesAgo(control, 0);
}

/** What is on its way: refused, being checked, and at 62 percent. To be called before the page opens. */
export async function prepare(page: Page) {
  await holdSending(page);
  return async (widget: Widget, control: Control) => {
    await control.set({ scannerSilent: true });
    await widget.pick({ name: 'Warranty terms.pdf', content: 'x'.repeat(310_000) });
    await widget.reaches('Warranty terms.pdf', 'scanning');
    await widget.pick({ name: 'installer.exe', content: 'x'.repeat(52_000) });
    await widget.reaches('installer.exe', 'invalid');
    await widget.pick({ name: 'Unboxing, the whole film.mov', content: 'x'.repeat(14 * HELD) });
    await widget.reaches('Unboxing, the whole film.mov', 'uploading');
    await page.evaluate(() => window.sendTo(0.62));
    await expect.poll(async () => (await widget.item('Unboxing, the whole film.mov'))?.percent).toBe(62);
  };
}

/** Four files that did not make it, each for another reason. */
export async function trouble(widget: Widget, control: Control) {
  const answers = { signature: 'SignatureDoesNotMatch', rights: 'AccessDenied' };
  await control.fault('PutObject', { kind: 'status', status: 403, code: answers.signature }, { fileName: 'Contract' });
  await control.fault('PutObject', { kind: 'status', status: 403, code: answers.rights }, { fileName: 'Invoice' });
  const quota = { kind: 'status', status: 402, code: 'ServiceQuotaExceededException' } as const;
  const reason = { AttachedFileServiceQuotaExceededExceptionReason: 'TOTAL_FILE_COUNT_EXCEEDED' };
  await control.fault('StartAttachedFileUpload', { ...quota, reason }, { fileName: 'Receipt' });
  for (const name of ['Contract, signed.pdf', 'Invoice 4021.pdf', 'Receipt, page 2.jpg']) {
    await widget.attach(name, 'x'.repeat(90_000), 'error');
  }
  await widget.attach('Installation.exe', 'x'.repeat(52_000), 'invalid');
}
