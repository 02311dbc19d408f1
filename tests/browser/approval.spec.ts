// May an email with these files be sent? Only once each of them is approved.
import { expect, test } from './bench.ts';
import { heard } from './events.ts';

interface Host extends HTMLElement {
  allApproved: boolean;
}

test('an email draft learns when all its files are approved', async ({ open, control, place, page }) => {
  await control.set({ scanDelayMs: 600_000 });
  const widget = await open({ query: { resource: place.contactArn } });
  const approved = () => widget.host.evaluate((host) => (host as Host).allApproved);
  await widget.pick({ name: 'a.txt', content: 'a' }, { name: 'b.txt', content: 'b' });
  await widget.reaches('a.txt', 'scanning');
  await widget.reaches('b.txt', 'scanning');
  expect(await approved()).toBe(false);
  await control.advance(600_000);
  await widget.reaches('b.txt', 'approved');
  await widget.reaches('a.txt', 'approved');
  await expect.poll(approved).toBe(true);
  await widget.pick({ name: 'c.txt', content: 'c' });
  await expect.poll(approved).toBe(false);
  const told = await heard(page, 'approval-change');
  expect(told.map((event) => event.allApproved)).toEqual([true, false]);
});
