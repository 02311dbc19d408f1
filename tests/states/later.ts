// What a later page finds, and what fails once a file is stored.
import { REFUSED_REQUEST, expect } from '../browser/bench.ts';
import { seed } from '../browser/seed.ts';
import type { Widget } from '../browser/widget.ts';
import { LONG, type Parts, type State } from './state.ts';
import { NOW } from './still.ts';

const denied = { kind: 'status', status: 403, code: 'AccessDeniedException' } as const;

/** A page after one that crashed in the middle of an upload. */
async function afterCrash({ open, place }: Parts) {
  const before = await open();
  const record = { name: 'cut off.pptx', size: 4_000_000, fileId: 'a1b2c3d4', isSent: false, at: NOW };
  await before.page.evaluate(
    (record) => localStorage.setItem('connect-attached-files:gone:1', JSON.stringify(record)),
    { instanceId: place.instanceId, resource: place.caseArn, ...record },
  );
  const widget = await open();
  await widget.reaches('cut off.pptx', 'error');
  return widget;
}

async function fails(widget: Widget, name: string, code: string) {
  await widget.button('Download', name).click();
  await expect.poll(async () => (await widget.item(name))?.error?.code).toBe(code);
}

export const later: State[] = [
  { name: 'error interrupted', bring: afterCrash },
  {
    name: 'error not_received',
    expected: [REFUSED_REQUEST],
    bring: async (parts) => {
      const widget = await afterCrash(parts);
      await widget.button('Check status', 'cut off.pptx').click();
      await expect.poll(async () => (await widget.item('cut off.pptx'))?.error?.code).toBe('not_received');
      return widget;
    },
  },
  {
    name: 'error upload_expired',
    bring: async ({ open, control, place }) => {
      await control.set({ relatedItemAppears: 'start', statusBeforeComplete: 'UPLOAD_EXPIRED' });
      const query = `?associatedResourceArn=${encodeURIComponent(place.caseArn)}`;
      await fetch(`${place.endpoint}/attached-files/${place.instanceId}${query}`, {
        method: 'PUT',
        body: JSON.stringify({ FileName: 'odd.txt', FileSizeInBytes: 1, FileUseCaseType: 'ATTACHMENT' }),
      });
      const widget = await open();
      await widget.reaches('odd.txt', 'error');
      return widget;
    },
  },
  {
    name: 'errors of downloads',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, control, page, place }) => {
      await control.set({ rateLimited: false });
      const widget = await open({ query: { 'checksum-tag': 'sha256' } });
      for (const name of ['changed.txt', 'cut.txt', 'denied.txt']) {
        await widget.attach(name);
        await expect(widget.live).toHaveText(`${name} is ready`);
      }
      await control.fault('GetAttachedFile', denied, { fileName: 'denied' });
      await fails(widget, 'denied.txt', 'access_denied');
      const headers = { 'access-control-allow-origin': '*' };
      for (const [name, code, body] of [
        ['cut.txt', 'download_incomplete', 'hel'],
        ['changed.txt', 'download_changed', 'jello'],
      ] as const) {
        await page.route(`${place.s3}/**`, (route) => route.fulfill({ body, headers }));
        await fails(widget, name, code);
      }
      return widget;
    },
  },
  {
    name: 'error of a delete',
    expected: [REFUSED_REQUEST],
    bring: async ({ open, control, place }) => {
      await seed(place, 'a.txt');
      await control.fault('DeleteAttachedFile', denied, { times: null });
      const widget = await open();
      await widget.button('Delete', 'a.txt').click();
      await widget.dialog.getByRole('button', { name: 'Delete' }).click();
      await expect(widget.row('a.txt')).toContainText('You are not allowed', { timeout: LONG / 4 });
      return widget;
    },
  },
];
