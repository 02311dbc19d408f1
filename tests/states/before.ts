// What a file can meet before anything is sent of it: other names, warnings, refusals of the host, a wait for the user.
import { expect } from '../browser/bench.ts';
import { seed } from '../browser/seed.ts';
import type { Widget } from '../browser/widget.ts';
import type { Parts, State } from './state.ts';

/** Picked one after the other, so that they stand in this order. */
async function pick(widget: Widget, names: string[], phase: string, content = 'x') {
  for (const name of names) {
    await widget.pick({ name, content });
    await expect.poll(async () => (await widget.item(name))?.phase).toBe(phase);
  }
}

/** A widget whose files wait until they are sent. */
async function waiting({ open }: Parts, names: string[], query: Record<string, string> = {}) {
  const widget = await open({ query: { 'manual-start': '', ...query } });
  await pick(widget, names, 'queued');
  return widget;
}

export const before: State[] = [
  { name: 'held for manual start', bring: (parts) => waiting(parts, ['a.txt', 'b.txt']) },
  {
    name: 'name cleaned',
    bring: async (parts) => {
      const widget = await waiting(parts, []);
      await widget.add({ name: '\u200einvoice\u202efdp.txt', content: 'x' });
      await expect(widget.row('invoicefdp.txt')).toContainText('Was: ');
      return widget;
    },
  },
  {
    name: 'field for a new name',
    bring: async ({ open }) => {
      const widget = await open();
      await pick(widget, ['README'], 'invalid');
      await widget.button('Rename', 'README').click();
      await widget.field('README');
      return widget;
    },
  },
  {
    name: 'warnings',
    bring: async (parts) => {
      await seed(parts.place, 'twice.txt');
      const widget = await waiting(parts, ['twice.txt', 'invoice.exe.pdf']);
      await widget.pick({ name: 'picture.jpg', content: '%PDF-1.7 this is no picture' });
      await expect(widget.row('picture.jpg')).toContainText('The content looks like .pdf');
      return widget;
    },
  },
  {
    name: 'duplicate refused',
    bring: async (parts) => {
      await seed(parts.place, 'same.txt', 'same');
      const widget = await parts.open({ query: { duplicates: 'skip' } });
      await widget.pick({ name: 'same.txt', content: 'Same' });
      await expect(widget.rows.first()).toContainText('already attached');
      return widget;
    },
  },
  {
    name: 'duplicate renamed',
    bring: async (parts) => {
      await seed(parts.place, 'scan.png');
      const widget = await waiting(parts, [], { duplicates: 'rename' });
      await widget.pick({ name: 'scan.png', content: 'x' });
      await expect(widget.row('scan (2).png')).toContainText('Was: scan.png');
      return widget;
    },
  },
  {
    name: 'total size',
    bring: async ({ open, place }) => {
      await seed(place, 'there.txt', 'x'.repeat(900));
      const widget = await open({ query: { 'max-total-bytes': '1000' } });
      await pick(widget, ['too much.txt'], 'invalid', 'x'.repeat(200));
      return widget;
    },
  },
  {
    name: 'count used up',
    bring: async ({ open, place }) => {
      await seed(place, 'there.txt');
      const widget = await open({ query: { 'max-files': '1' } });
      await pick(widget, ['one more.txt'], 'invalid');
      return widget;
    },
  },
  {
    name: 'refused by the host',
    bring: async ({ open }) => {
      const widget = await open();
      await widget.host.evaluate((host) => {
        Object.assign(host, { beforeAdd: () => 'Drafts stay out of the case.' });
      });
      await pick(widget, ['DRAFT.txt'], 'invalid');
      return widget;
    },
  },
];
