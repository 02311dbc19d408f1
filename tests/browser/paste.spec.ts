// What is pasted goes into the widget that has the focus, and never where a text field is to get it.
import type { Page } from '@playwright/test';
import { expect, test } from './bench.ts';
import { sha256 } from './files.ts';
import { Widget } from './widget.ts';

interface Pasted {
  files?: { name: string; content: string; type?: string }[];
  text?: string;
}

/** Pastes into whatever has the focus, through shadow roots. Whether somebody took it. */
function paste(page: Page, { files = [], text }: Pasted): Promise<boolean> {
  return page.evaluate(
    ({ files, text }) => {
      const clipboardData = new DataTransfer();
      for (const { name, content, type } of files) clipboardData.items.add(new File([content], name, { type }));
      if (text !== undefined) clipboardData.setData('text/plain', text);
      let target = document.activeElement ?? document.body;
      while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true });
      return !target.dispatchEvent(event);
    },
    { files, text },
  );
}

const NOTE = { files: [{ name: 'note.txt', content: 'pasted' }] };

test('a screenshot from the clipboard comes in by the keys, and is named by its time', async ({
  open,
  page,
  context,
  origin,
  control,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const widget = await open();
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(20, 10);
    canvas.getContext('2d')?.fillRect(0, 0, 20, 10);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': canvas.convertToBlob() })]);
  });
  await widget.input.focus();
  await page.keyboard.press('Control+v');
  await expect(widget.rows).toHaveCount(1);
  const [item] = await widget.items();
  expect(item?.name).toMatch(/^screenshot \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);
  expect(item?.originalName, 'it is not a name that somebody gave').toBeNull();
  const year = await page.evaluate(() => new Date().getFullYear());
  expect(item?.name).toContain(`screenshot ${year}-`);
  await widget.reaches(item?.name ?? '', 'approved');
  const [object] = await control.objects();
  expect(object?.contentType).toBe('image/png');
  expect(object?.size).toBe(item?.size);
});

test('files pasted together all come in, under their own names', async ({ open, page, control }) => {
  const widget = await open();
  await widget.input.focus();
  const files = ['one.txt', 'two.png'].map((name) => ({ name, content: name }));
  expect(await paste(page, { files })).toBe(true);
  for (const { name } of files) await widget.reaches(name, 'approved');
  const hashes = (await control.objects()).map((object) => object.sha256).sort();
  expect(hashes).toEqual(files.map(({ content }) => sha256(content)).sort());
});

test('what is pasted is held to the rules', async ({ open, page }) => {
  const widget = await open();
  await widget.input.focus();
  await paste(page, { files: [{ name: 'run.exe', content: 'x' }] });
  await widget.reaches('run.exe', 'invalid');
});

test('text is left to the host', async ({ open, page }) => {
  const widget = await open();
  await widget.input.focus();
  expect(await paste(page, { text: 'just words' })).toBe(false);
  expect(await widget.items()).toEqual([]);
});

test('a paste into a field of the host is not taken', async ({ open, page }) => {
  const widget = await open();
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    document.querySelector('connect-attached-files')?.before(field);
    field.focus();
  });
  expect(await paste(page, NOTE)).toBe(false);
  expect(await widget.items()).toEqual([]);
});

test('a paste into the field for a new name is not taken', async ({ open, page }) => {
  const widget = await open();
  await widget.pick({ name: 'run.exe', content: 'x' });
  await widget.button('Rename', 'run.exe').click();
  await widget.field('run.exe');
  expect(await paste(page, NOTE)).toBe(false);
  await expect(widget.rows).toHaveCount(1);
});

test('of two widgets the one with the focus takes it', async ({ goto, page, place }) => {
  await goto({ page: 'two.html', query: { first: place.caseArn, second: place.secondCaseArn } });
  const [first, second] = [new Widget(page, '#first'), new Widget(page, '#second')];
  for (const widget of [first, second]) await widget.ready();
  await second.input.focus();
  await paste(page, NOTE);
  await second.reaches('note.txt', 'approved');
  expect(await first.items()).toEqual([]);
  await expect(second.rows).toHaveCount(1);
});

for (const mode of ['readonly', 'disabled']) {
  test(`nothing is pasted into a ${mode} widget`, async ({ open, page, place }) => {
    const widget = await open();
    await widget.attach('there.txt');
    await widget.button('Download', 'there.txt').focus();
    await widget.set({ [mode]: '' });
    await expect(widget.panel).toHaveAttribute('data-mode', mode);
    await widget.rows.evaluate((row) => row.focus());
    expect(await paste(page, NOTE)).toBe(false);
    expect(await widget.items()).toHaveLength(1);
    await widget.set({ [mode]: null, resource: place.caseArn });
    await expect(widget.panel).toHaveAttribute('data-mode', 'normal');
    await paste(page, NOTE);
    await widget.reaches('note.txt', 'approved');
  });
}
