// A file whose name the case has already: sent with a warning, skipped, or sent under another name.
import { expect, test } from './bench.ts';
import { seed } from './seed.ts';

const WARNING = 'This case already has a file of this name.';

test('allow: it is sent, with a warning', async ({ open, place, control }) => {
  await seed(place, 'scan.png', 'first');
  const widget = await open();
  await widget.pick({ name: 'Scan.PNG', content: 'other' });
  await widget.reaches('Scan.PNG', 'approved');
  await expect(widget.row('Scan.PNG')).toContainText(WARNING);
  await expect(widget.row('scan.png'), 'the first one is no duplicate').not.toContainText(WARNING);
  expect((await widget.item('Scan.PNG'))?.warnings).toEqual([{ kind: 'duplicate' }]);
  expect(await control.files()).toHaveLength(2);
});

test('skip: the same size is refused, another one is sent with a warning', async ({ open, place, control }) => {
  await seed(place, 'scan.png', 'first');
  const widget = await open();
  await widget.set({ duplicates: 'skip' });
  await widget.pick({ name: 'scan.png', content: 'fIrSt' });
  const refused = widget.rows.filter({ hasText: 'Not accepted' });
  await expect(refused).toContainText('This file is already attached or on its way.');
  expect((await widget.items())[0]?.refusals).toEqual([{ rule: 'duplicate' }]);
  await widget.pick({ name: 'scan.png', content: 'longer than that' });
  await expect(widget.host.locator('[data-phase=approved]')).toHaveCount(2);
  await expect(widget.rows.filter({ hasText: WARNING })).toHaveCount(1);
  expect(await control.files()).toHaveLength(2);
});

test('skip: a second one in the same pick is a duplicate too, and can be renamed', async ({ open, page, control }) => {
  const widget = await open();
  await widget.set({ duplicates: 'skip' });
  const same = { name: 'same.txt', content: 'same' };
  await widget.pick(same, same);
  const refused = widget.rows.filter({ hasText: 'Not accepted' });
  await expect(refused).toHaveCount(1);
  await refused.getByRole('button', { name: 'Rename: same.txt' }).click();
  await widget.field('same.txt');
  await page.keyboard.type('other');
  await page.keyboard.press('Enter');
  await widget.reaches('other.txt', 'approved');
  await widget.reaches('same.txt', 'approved');
  expect((await control.files()).map((file) => file.fileName).sort()).toEqual(['other.txt', 'same.txt']);
});

test('rename: it is sent under a name with a number, and the old one is shown', async ({ open, place, control }) => {
  await seed(place, 'scan.png');
  const widget = await open();
  await widget.set({ duplicates: 'rename' });
  await widget.pick({ name: 'scan.png', content: '2' });
  await widget.pick({ name: 'scan.png', content: '3' });
  for (const name of ['scan (2).png', 'scan (3).png']) {
    await widget.reaches(name, 'approved');
    await expect(widget.row(name)).toContainText('Was: scan.png');
    expect(await widget.item(name)).toMatchObject({ originalName: 'scan.png', warnings: [] });
  }
  const stored = (await control.files()).map((file) => file.fileName).sort();
  expect(stored).toEqual(['scan (2).png', 'scan (3).png', 'scan.png']);
});
