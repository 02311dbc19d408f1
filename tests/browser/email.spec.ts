// An email may only be sent when all its attachments are approved: Connect refuses it otherwise.
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import type { Item } from './widget.ts';

declare global {
  interface Window {
    /** What the host knew when it was free to send the draft, each time it was. */
    free: string[][];
  }
}

/** The host's side of it: the Send button is free while every attachment of the draft is approved. */
function watchDraft() {
  window.free = [];
  let wasFree = false;
  document.addEventListener('status-change', () => {
    const host = document.querySelector('connect-attached-files') as HTMLElement & { items: Item[] };
    const items = host.items.filter((item) => !['invalid', 'canceled', 'deleted'].includes(item.phase));
    const isFree = items.length > 0 && items.every((item) => item.phase === 'approved');
    if (isFree && !wasFree) window.free.push(items.map((item) => item.name).sort());
    wasFree = isFree;
  });
}

test('a draft is free to be sent when the last attachment is approved, and not before', async ({
  open,
  control,
  page,
  place,
  expected,
}) => {
  expected.push(REFUSED_REQUEST);
  await page.addInitScript(watchDraft);
  await control.set({ rateLimited: false, scannerSilent: true });
  const widget = await open({ query: { resource: place.contactArn } });
  await control.fault('PutObject', { kind: 'status', status: 503, code: 'SlowDown' }, { fileName: 'second' });
  const names = ['first.pdf', 'second.pdf', 'third.pdf', 'virus.pdf'];
  await widget.pick(...names.map((name) => ({ name, content: name })), { name: 'no.exe', content: 'x' });
  for (const name of names) await widget.reaches(name, 'scanning');
  expect(await page.evaluate(() => window.free), 'sent is not approved').toEqual([]);

  await control.set({ scannerSilent: false });
  await widget.reaches('virus.pdf', 'rejected');
  for (const name of names.slice(0, 3)) await widget.reaches(name, 'approved');
  expect(await page.evaluate(() => window.free), 'one of them was rejected').toEqual([]);

  await widget.call('delete', (await widget.item('virus.pdf'))?.id ?? 0);
  await expect(widget.row('virus.pdf')).toHaveCount(0);
  expect(await page.evaluate(() => window.free)).toEqual([names.slice(0, 3)]);
  const files = await control.files();
  expect(files.map((file) => file.status)).toEqual(['APPROVED', 'APPROVED', 'APPROVED']);
  expect(new Set(files.map((file) => file.associatedResourceArn))).toEqual(new Set([place.contactArn]));
});

test('the agent moves on to a case while the attachments of the draft are on their way', async ({
  open,
  control,
  place,
}) => {
  const LONG = 120_000;
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open({ query: { resource: place.contactArn } });
  await widget.pick({ name: 'letter.pdf', content: 'for the mail' });
  await widget.reaches('letter.pdf', 'uploading');
  await widget.host.evaluate((host, arn) => host.setAttribute('resource', arn), place.caseArn);
  await widget.attach('note.pdf', 'for the case');
  await control.advance(LONG);
  await expect.poll(async () => (await control.files()).map((file) => file.status)).toEqual(['APPROVED', 'APPROVED']);
  const where = (await control.files()).map((file) => [file.fileName, file.associatedResourceArn]);
  expect(Object.fromEntries(where)).toEqual({ 'letter.pdf': place.contactArn, 'note.pdf': place.caseArn });
});
