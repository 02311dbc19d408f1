// Read-only and disabled: what people may not do is neither offered nor taken from a drop.
import { expect, test } from './bench.ts';
import { drag } from './drag.ts';
import { onDisk } from './files.ts';
import { focused } from './focus.ts';
import { seed } from './seed.ts';

for (const { mode, says, buttons } of [
  {
    mode: 'readonly',
    says: 'The files here can be looked at, not changed.',
    buttons: ['Preview: ready.txt', 'Download: ready.txt'],
  },
  { mode: 'disabled', says: 'Attaching files is switched off here.', buttons: [] },
] as const) {
  test(`${mode}: files are shown, and nothing is offered that would change them`, async ({ open, place }) => {
    for (const name of ['ready.txt', 'virus.txt', 'scan-fails.txt']) await seed(place, name);
    const widget = await open();
    await widget.set({ [mode]: '' });
    await expect(widget.panel.getByText(says)).toBeVisible();
    await expect(widget.rows).toHaveCount(3);
    const offered = widget.list.getByRole('button');
    await expect(offered).toHaveCount(buttons.length);
    for (const name of buttons) await expect(offered.and(widget.panel.getByLabel(name, { exact: true }))).toBeVisible();
    for (const input of [widget.input, widget.folderInput]) await expect(input).toBeDisabled();
    await expect(widget.input).toBeVisible({ visible: mode === 'disabled' });
  });

  test(`${mode}: a drop is refused for all to see, and the page stays`, async ({ open, page, control }, info) => {
    const path = info.outputPath('dropped.txt');
    onDisk(path, 100);
    const widget = await open();
    await widget.set({ [mode]: '' });
    await expect(widget.panel.getByText(says)).toBeVisible();
    const address = page.url();
    const over = await drag(page, widget.panel, { files: [path] });
    const overlay = widget.panel.getByText('Files cannot be attached here');
    await expect(overlay).toBeVisible();
    await expect(widget.panel.getByText('Drop to attach')).toBeHidden();
    await over.drop();
    await expect(overlay).toBeHidden();
    expect(page.url()).toBe(address);
    expect(await widget.items()).toEqual([]);
    expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
  });

  test(`${mode}: keys change nothing either`, async ({ open, page, control }) => {
    const widget = await open();
    await widget.attach('a.txt');
    await widget.set({ [mode]: '' });
    await expect(widget.panel.getByText(says)).toBeVisible();
    await widget.rows.evaluate((row) => row.focus());
    await page.keyboard.press('Delete');
    await page.keyboard.press('F2');
    await expect(widget.dialog).toBeHidden();
    await widget.reaches('a.txt', 'approved');
    expect((await control.calls()).DeleteAttachedFile ?? 0).toBe(0);
  });

  test(`${mode}: the focus stays in the row whose button goes`, async ({ open, page, place }) => {
    await seed(place, 'a.txt');
    const widget = await open();
    await widget.button('Delete', 'a.txt').focus();
    await widget.set({ [mode]: '' });
    await expect(widget.panel.getByText(says)).toBeVisible();
    await expect.poll(() => focused(page)).toBe(buttons.length > 0 ? 'Preview: a.txt' : 'row a.txt');
  });

  test(`${mode}: what is on its way goes on, and what the host hands in is taken`, async ({ open, control }) => {
    await control.fault('PutObject', { kind: 'delay', ms: 120_000 });
    const widget = await open();
    await widget.pick({ name: 'sending.txt', content: 'x' });
    await widget.reaches('sending.txt', 'uploading');
    await widget.set({ [mode]: '' });
    await expect(widget.button('Cancel', 'sending.txt')).toBeHidden();
    await control.advance(120_000);
    await widget.reaches('sending.txt', 'approved');
    await widget.add({ name: 'by the host.txt', content: 'x' });
    await widget.reaches('by the host.txt', 'approved');
    await widget.set({ [mode]: null });
    await expect(widget.input).toBeEnabled();
    await expect(widget.button('Delete', 'sending.txt')).toBeVisible();
  });
}
