// Names: cleaned of what Connect refuses, changed in the row itself.
import { expect, test } from './bench.ts';
import { focused } from './focus.ts';
import type { Widget } from './widget.ts';

const cleaned = [
  { what: 'invisible characters', name: 'a\u200bb\u00adc.txt', clean: 'abc.txt' },
  { what: 'marks of direction', name: '\u200einvoice\u202efdp.txt', clean: 'invoicefdp.txt' },
  { what: 'a joined emoji', name: 'family 👨\u200d👩\u200d👧.txt', clean: 'family 👨👩👧.txt' },
  { what: 'spaces around it', name: ' spaces.txt ', clean: 'spaces.txt' },
  { what: 'dots at its end', name: 'dots.txt...', clean: 'dots.txt' },
  { what: 'more than 256 characters', name: `${'n'.repeat(300)}.txt`, clean: `${'n'.repeat(252)}.txt` },
];

test('names are cleaned of what Connect refuses, and the old one is shown', async ({ open, control }) => {
  await control.set({ rateLimited: false });
  const widget = await open();
  for (const { what, name, clean } of cleaned) {
    await test.step(what, async () => {
      await widget.add({ name, content: what });
      await widget.reaches(clean, 'approved');
      expect(await widget.item(clean)).toMatchObject({ name: clean, originalName: name });
      const shown = await widget.row(clean).locator('.caf-original').textContent();
      expect(shown).toBe(`Was: ${name}`);
    });
  }
  const stored = (await control.files()).map((file) => file.fileName).sort();
  expect(stored).toEqual(cleaned.map((file) => file.clean).sort());
});

test('a name that needs no cleaning is shown once', async ({ open }) => {
  const widget = await open();
  await widget.attach('plain.txt');
  await expect(widget.row('plain.txt')).not.toContainText('Was:');
  expect((await widget.item('plain.txt'))?.originalName).toBeNull();
});

/** Opens the field for a new name of a refused file. */
async function begin(widget: Widget, name = 'README') {
  await widget.pick({ name, content: 'read me' });
  await widget.reaches(name, 'invalid');
  await widget.button('Rename', name).click();
  const field = await widget.field(name);
  await expect(field).toHaveValue(name);
  return field;
}

test('Enter takes the new name: the file is judged anew and sent under it', async ({ open, page, control }) => {
  const widget = await open();
  const field = await begin(widget);
  await field.fill('README.txt');
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await widget.reaches('README.txt', 'approved');
  await expect.poll(() => focused(page), 'the focus stays in the row').toMatch(/: README\.txt$/);
  await expect(widget.row('README.txt')).toContainText('Was: README');
  expect((await control.files()).map((file) => file.fileName)).toEqual(['README.txt']);
});

test('leaving the field takes the new name, and the focus stays where it went', async ({ open, page }) => {
  const widget = await open();
  const field = await begin(widget);
  await field.fill('README.txt');
  await widget.input.focus();
  await widget.reaches('README.txt', 'approved');
  expect(await focused(page)).toBe('Choose files');
});

test('Escape leaves the old name, and is not heard by the host', async ({ open, page, control }) => {
  const widget = await open();
  await page.evaluate(() => addEventListener('keydown', ({ key }) => (document.title = key)));
  const field = await begin(widget);
  await field.fill('README.txt');
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await expect(widget.row('README')).toBeVisible();
  await expect.poll(() => focused(page)).toBe('Rename: README');
  await widget.reaches('README', 'invalid');
  expect(await page.title()).not.toBe('Escape');
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
});

test('F2 on a row opens the field, with the name before its extension chosen', async ({ open, page }) => {
  const widget = await open();
  await widget.pick({ name: 'tool.exe', content: 'x' });
  await widget.row('tool.exe').evaluate((row) => row.focus());
  await page.keyboard.press('F2');
  const field = await widget.field('tool.exe');
  await page.keyboard.type('other');
  await expect(field).toHaveValue('other.exe');
  await page.keyboard.press('Enter');
  await widget.reaches('other.exe', 'invalid');
  await expect(widget.row('other.exe'), 'it is still forbidden').toContainText('Files of type .exe');
  await expect.poll(() => focused(page)).toBe('Rename: other.exe');
});

test('keys in the field are for the field', async ({ open, page }) => {
  const widget = await open();
  const field = await begin(widget);
  await field.fill('abc');
  for (const key of ['Home', 'Delete', 'End', 'ArrowUp', 'ArrowDown', 'PageDown']) await page.keyboard.press(key);
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('bc');
  await expect(widget.rows).toHaveCount(1);
});

test('a field left empty leaves the old name', async ({ open, page }) => {
  const widget = await open();
  const field = await begin(widget);
  await field.fill('  ');
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await widget.reaches('README', 'invalid');
});

test('a new name is cleaned like a picked one', async ({ open, page }) => {
  const widget = await open();
  const field = await begin(widget);
  await field.fill('../etc/pass\u202ewd.txt. ');
  await page.keyboard.press('Enter');
  await widget.reaches('passwd.txt', 'approved');
});

test('the row of a file with its field open can change without the field going away', async ({ open, page }) => {
  const widget = await open();
  const field = await begin(widget);
  await field.fill('half-typed');
  await widget.attach('other.txt');
  await expect(field).toHaveValue('half-typed');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
});
