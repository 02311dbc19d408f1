// Drops: files from the desktop or from a script are taken, everything else is left to the host.
import { expect, test } from './bench.ts';
import { drag } from './drag.ts';
import { onDisk, sha256 } from './files.ts';

test('files dropped from the desktop are uploaded', async ({ open, control, page }, info) => {
  const paths = ['one.txt', 'two.png'].map((name) => info.outputPath(name));
  const hashes = paths.map((path, at) => onDisk(path, 100 + at));
  const widget = await open();
  await (await drag(page, widget.panel, { files: paths })).drop();
  await widget.reaches('one.txt', 'approved');
  await widget.reaches('two.png', 'approved');
  const stored = (await control.objects()).map((object) => object.sha256);
  expect(stored.sort()).toEqual(hashes.sort());
});

test('a page that builds its own drop event is understood too', async ({ open, page, control }) => {
  const widget = await open();
  const data = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['from a script'], 'made.txt', { type: 'text/plain' }));
    return data;
  });
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await widget.input.dispatchEvent(type, { dataTransfer: data });
  }
  await widget.reaches('made.txt', 'approved');
  expect((await control.objects())[0]?.sha256).toBe(sha256('from a script'));
});

test('the element tells that files are dragged over it, and that they are gone', async ({ open, page }) => {
  const widget = await open();
  const over = () => widget.host.evaluate((host) => host.matches(':state(dragover)'));
  const { moveTo } = await drag(page, widget.panel, { files: ['/etc/hostname'] });
  expect(await over()).toBe(true);
  await moveTo(widget.input);
  expect(await over(), 'still over it, on another part').toBe(true);
  await expect(widget.panel.getByText('Drop to attach')).toBeVisible();
  await moveTo({ x: 1, y: 1 });
  expect(await over()).toBe(false);
  await expect(widget.panel.getByText('Drop to attach')).toBeHidden();
  expect(await widget.items()).toEqual([]);
});

test('text dragged over the widget is left to the host (trap 7)', async ({ open, page, control }) => {
  const widget = await open();
  await page.evaluate(() => {
    for (const type of ['dragenter', 'dragover', 'drop']) {
      addEventListener(type, (event) => {
        const told = document.documentElement.dataset;
        if (told[type] !== 'taken') told[type] = event.defaultPrevented ? 'taken' : 'left';
        event.preventDefault();
      });
    }
  });
  await (await drag(page, widget.panel, { text: 'just words' })).drop();
  const told = await page.evaluate(() => ({ ...document.documentElement.dataset }));
  expect(told).toEqual({ dragenter: 'left', dragover: 'left', drop: 'left' });
  expect(await widget.items()).toEqual([]);
  expect((await control.calls()).StartAttachedFileUpload ?? 0).toBe(0);
});

test('a file dropped beside the drop zone does not replace the page', async ({ open, page }) => {
  const widget = await open();
  await widget.host.evaluate((host) => (host.style.paddingBottom = '200px'));
  const address = page.url();
  const box = await widget.host.boundingBox();
  if (!box) throw new Error('the element is not visible');
  const beside = { x: box.x + 20, y: box.y + box.height - 20 };
  await (await drag(page, beside, { files: ['/etc/hostname'] })).drop();
  expect(await widget.items()).toEqual([]);
  expect(page.url()).toBe(address);
});
