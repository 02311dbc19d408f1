// The scripts that are fetched when they are needed, each by itself in a real browser.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unzip } from '../../pkg/test/support/unzip.mjs';
import { expect, refusing as test } from './bench.ts';

const LABELS = ['Close', 'Download', 'This file cannot be shown here.', 'Loading the file'];
const SOURCES = fileURLToPath(new URL('../../src/extras/', import.meta.url));

// An object URL that is asked for after its end is a console error of its own.

/** Opens a page and lets it import `/extras/*.js` as they are written. */
async function visit(page: Page, origin: string, path = 'bare.css') {
  await page.route('**/extras/*.js', (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1);
    return route.fulfill({ contentType: 'text/javascript', body: readFileSync(`${SOURCES}${name}`) });
  });
  if (path === 'bare.css') {
    await page.route(`${origin}/extras.html`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><html lang="en"><title>Extras</title><link rel="icon" href="data:,"><main><h1>Page</h1><button>Before</button></main>',
      }),
    );
    path = 'extras.html';
  }
  await page.goto(`${origin}/${path}`);
}

interface Shown {
  name: string;
  content?: string;
  /** What the server calls it; must not matter. */
  type?: string;
  /** Rejects with this message. */
  fails?: string;
  never?: boolean;
  labels?: string[];
}

/** Opens a preview in a shadow root from a focused button. */
async function show(page: Page, shown: Shown) {
  await page.evaluate(
    async ({ shown, labels }) => {
      const { preview } = await import('/extras/preview.js' as string);
      const host = document.createElement('div');
      document.querySelector('main, body')!.append(host);
      const root = host.attachShadow({ mode: 'open' });
      const opener = document.createElement('button');
      opener.textContent = 'Open';
      root.append(opener);
      opener.focus();
      const state = { fetched: 0, made: [] as string[], ended: undefined as unknown, host };
      Object.assign(window, { state });
      const { createObjectURL } = URL;
      URL.createObjectURL = (given) => {
        const url = createObjectURL(given);
        state.made.push(url);
        return url;
      };
      const fetch = async () => {
        state.fetched++;
        if (shown.never) return new Promise<Blob>(() => {});
        if (shown.fails) throw { code: 'not_fetched', message: shown.fails };
        const bytes = Uint8Array.from(atob(shown.content ?? ''), (c) => c.charCodeAt(0));
        return new Blob([bytes], { type: shown.type ?? 'text/html' });
      };
      preview(root, shown.name, fetch, labels).then((how: unknown) => (state.ended = how ?? 'closed'));
    },
    { shown, labels: shown.labels ?? LABELS },
  );
  return page.getByRole('dialog', { name: shown.name });
}

const state = (page: Page) =>
  page.evaluate(() => {
    const { host, ...rest } = (window as any).state;
    return { ...rest, focused: host.shadowRoot.activeElement?.textContent };
  });

/** Whether each object URL that was made is of no use any more. */
const revoked = (page: Page) =>
  page.evaluate(() =>
    Promise.all((window as any).state.made.map((url: string) => fetch(url).then(() => url, () => 'revoked'))),
  );

const text = (content: string) => Buffer.from(content).toString('base64');

/** A picture of two halves, made by the browser itself. */
const picture = (page: Page, width: number, height: number) =>
  page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width!, height!);
      const context = canvas.getContext('2d')!;
      context.fillStyle = 'rgb(255,0,0)';
      context.fillRect(0, 0, width!, height!);
      context.fillStyle = 'rgb(0,0,255)';
      context.fillRect(width! / 4, height! / 4, width! / 2, height! / 2);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return btoa(String.fromCharCode(...bytes));
    },
    [width, height],
  );

/** A tenth of a second of silence. */
function sound() {
  const data = Buffer.alloc(800);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]).toString('base64');
}

test('an image is shown, Escape closes, the focus returns, its address is given back', async ({ page, origin }) => {
  await visit(page, origin);
  const dialog = await show(page, { name: 'a.PNG', content: await picture(page, 64, 32) });
  const image = dialog.getByRole('img', { name: 'a.PNG' });
  await expect.poll(() => image.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();
  expect(await revoked(page)).not.toEqual(['revoked']);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await state(page)).toMatchObject({ ended: 'closed', focused: 'Open', fetched: 1 });
  expect(await revoked(page)).toEqual(['revoked']);
});

test('Escape in the preview is not heard by the host', async ({ page, origin }) => {
  await visit(page, origin);
  await page.evaluate(() => addEventListener('keydown', ({ key }) => (document.title = key)));
  const dialog = await show(page, { name: 'a.txt', content: text('x') });
  await expect(dialog.getByText('x', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await page.title()).toBe('Extras');
});

test('a text is shown as text, whatever the server calls it and whatever is in it', async ({ page, origin }) => {
  await visit(page, origin);
  const content = '<img src=x onerror="document.title=1">\nÄ';
  const dialog = await show(page, { name: 'notes.log', content: text(content), type: 'text/html' });
  await expect(dialog.locator('pre')).toHaveText(content);
  expect((await state(page)).made).toEqual([]);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('group')).toBeFocused();
});

test('an old text of Windows and a long one are read', async ({ page, origin }) => {
  await visit(page, origin);
  const old = await show(page, { name: 'old.csv', content: Buffer.from('Stra\xdfe', 'latin1').toString('base64') });
  await expect(old.locator('pre')).toHaveText('Straße');
  await page.keyboard.press('Escape');
  const long = await show(page, { name: 'long.txt', content: text(`${'x'.repeat(1024 * 1024 - 1)}ä and more`) });
  // The last character is cut in two: it is left out, and the rest is no worse for it.
  await expect.poll(() => long.locator('pre').evaluate((pre) => pre.textContent!.length)).toBe(1024 * 1024 + 1);
});

test('sound plays, and what claims to be sound and is not is told', async ({ page, origin }) => {
  await visit(page, origin);
  const good = await show(page, { name: 'call.wav', content: sound() });
  await expect.poll(() => good.locator('audio').evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(1);
  await page.keyboard.press('Escape');
  const bad = await show(page, { name: 'bad.mp4', content: text('no film') });
  await expect(bad.getByRole('alert')).toHaveText(LABELS[2]!);
  expect(await revoked(page)).toEqual(['revoked']);
});

test('a PDF is shown in a frame as what its name says, never as a page', async ({ page, origin }) => {
  await visit(page, origin);
  await page.evaluate(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: true }));
  const dialog = await show(page, { name: 'a.pdf', content: text('<script>parent.document.title="bad"</script>'), type: 'text/html' });
  const frame = dialog.locator('iframe');
  await expect(frame).toHaveAttribute('src', /^blob:/);
  await expect(frame).toHaveAttribute('title', 'a.pdf');
  const type = await page.evaluate(async () => (await (await fetch((window as any).state.made[0])).blob()).type);
  expect(type).toBe('application/pdf');
  expect(await page.title()).toBe('Extras');
});

test('where the browser shows no PDF it is not even fetched', async ({ page, origin }) => {
  await visit(page, origin);
  await page.evaluate(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false }));
  const dialog = await show(page, { name: 'a.pdf' });
  await expect(dialog.getByRole('alert')).toHaveText(LABELS[2]!);
  expect((await state(page)).fetched).toBe(0);
});

for (const name of ['page.html', 'picture.svg', 'report.docx', 'noextension', 'tool.exe']) {
  test(`${name} is not shown and not fetched, and can be downloaded`, async ({ page, origin }) => {
    await visit(page, origin);
    const dialog = await show(page, { name });
    await expect(dialog.getByRole('alert')).toHaveText(LABELS[2]!);
    await dialog.getByRole('button', { name: 'Download' }).click();
    await expect(dialog).toBeHidden();
    expect(await state(page)).toMatchObject({ ended: 'download', fetched: 0, focused: 'Open' });
  });
}

test('a fetch that fails says why; one that never ends can be left', async ({ page, origin }) => {
  await visit(page, origin);
  const failed = await show(page, { name: 'a.png', fails: 'The file is not released.' });
  await expect(failed.getByRole('alert')).toHaveText('The file is not released.');
  await page.keyboard.press('Escape');
  const said = await show(page, { name: 'a.png', fails: 'in English', labels: [...LABELS, 'Nicht geladen.'] });
  await expect(said.getByRole('alert'), 'in the language of the widget').toHaveText('Nicht geladen.');
  await page.keyboard.press('Escape');
  const endless = await show(page, { name: 'b.png', never: true });
  await expect(endless.getByRole('status')).toHaveText(LABELS[3]!);
  await endless.getByRole('button', { name: 'Close' }).click();
  await expect(endless).toBeHidden();
  expect((await state(page)).ended).toBe('closed');
});

test('a preview whose panel is taken off the page ends', async ({ page, origin }) => {
  await visit(page, origin);
  const dialog = await show(page, { name: 'a.png', content: await picture(page, 8, 8) });
  await expect(dialog.getByRole('img')).toBeVisible();
  await page.evaluate(() => (window as any).state.host.remove());
  await expect.poll(async () => (await state(page)).ended).toBe('closed');
  expect(await revoked(page)).toEqual(['revoked']);
});

test('a panel that is gone before the script has come shows nothing', async ({ page, origin }) => {
  await visit(page, origin);
  const shown = await page.evaluate(async () => {
    const { preview } = await import('/extras/preview.js' as string);
    const panel = document.createElement('div');
    return [await preview(panel, 'a.txt', () => Promise.reject(new Error('fetched')), []), panel.childElementCount];
  });
  expect(shown).toEqual([undefined, 0]);
});

test('under a policy that forbids images from memory the picture is drawn', async ({ page, origin, expected }) => {
  expected.push(/blob:.*Content Security Policy/);
  await visit(page, origin, 'csp.html');
  const dialog = await show(page, { name: 'a.png', content: await picture(page, 64, 32) });
  await expect(dialog.locator('canvas')).toBeVisible();
  const middle = await dialog
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => [...canvas.getContext('2d')!.getImageData(32, 16, 1, 1).data]);
  expect(middle).toEqual([0, 0, 255, 255]);
  await page.keyboard.press('Escape');
  await page.evaluate(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: true }));
  const framed = await show(page, { name: 'a.pdf', content: text('%PDF-1.4') });
  await expect(framed.getByRole('alert'), 'a frame that is refused is told').toHaveText(LABELS[2]!);
});

test('axe finds nothing in the preview', async ({ page, origin }) => {
  await visit(page, origin);
  for (const shown of [
    { name: 'a.png', content: await picture(page, 64, 32) },
    { name: 'notes.txt', content: text('line\n'.repeat(500)) },
    { name: 'report.docx' },
  ]) {
    const dialog = await show(page, shown);
    await expect(dialog).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
});

interface Drawing {
  width: number;
  height: number;
  content?: string;
  type?: string;
  name?: string;
}

/** Draws a thumbnail of 40 × 40 and gives its answer, its corners and its middle. */
const thumbnail = (page: Page, { content, type = 'image/png', name = 'a.png' }: Partial<Drawing>) =>
  page.evaluate(
    async ({ content, type, name }) => {
      const { thumbnail } = await import('/extras/thumbnail.js' as string);
      const bytes = Uint8Array.from(atob(content ?? ''), (c) => c.charCodeAt(0));
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 40;
      document.body.append(canvas);
      const drawn = await thumbnail(new File([bytes], name, { type }), canvas);
      // Reading from the canvas itself is a warning in the console.
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!;
      copy.drawImage(canvas, 0, 0);
      const at = (x: number, y: number) => [...copy.getImageData(x, y, 1, 1).data].join();
      const points = [at(2, 2), at(canvas.width - 3, canvas.height - 3), at(canvas.width / 2, canvas.height / 2)];
      return { drawn, points, size: [canvas.width, canvas.height] };
    },
    { content, type, name },
  );

const [RED, BLUE] = ['255,0,0,255', '0,0,255,255'];

test('a thumbnail fills its square, whatever the shape of the picture', async ({ page, origin }) => {
  await visit(page, origin);
  const square = await thumbnail(page, { content: await picture(page, 100, 100) });
  expect(square).toEqual({ drawn: true, points: [RED, RED, BLUE], size: [40, 40] });
  // Of a long picture only the middle is seen, and that is blue from edge to edge.
  for (const [width, height] of [[400, 40], [40, 400]]) {
    const { drawn, points } = await thumbnail(page, { content: await picture(page, width!, height!) });
    expect(drawn).toBe(true);
    expect(points[2]).toBe(BLUE);
  }
  const line = await thumbnail(page, { content: await picture(page, 2, 4_000) });
  expect(line.drawn).toBe(true);
});

test('what is no image, or none that can be decoded, has no thumbnail', async ({ page, origin }) => {
  await visit(page, origin);
  expect((await thumbnail(page, { content: text('hello'), type: 'text/plain' })).drawn).toBe(false);
  expect((await thumbnail(page, { content: text('hello') })).drawn).toBe(false);
  expect((await thumbnail(page, { content: '' })).drawn).toBe(false);
});

test('a thumbnail is as sharp as the screen', async ({ browser, origin }) => {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  await visit(page, origin);
  const { size } = await thumbnail(page, { content: await picture(page, 100, 100) });
  expect(size).toEqual([80, 80]);
  await page.close();
});

/** The zip of two files, made by the module as the package holds it; `how` says where the browser puts it. */
async function zipped(page: Page, how: 'download' | 'disk') {
  const files = readdirSync(fileURLToPath(new URL('../../pkg/dist/', import.meta.url)));
  const path = `/pkg/${files.find((name) => /^archive\b.*\.js$/.test(name))}`;
  return page.evaluate(
    async ({ path, how }) => {
      const { archive } = await import(path);
      const disk = await navigator.storage.getDirectory();
      const choose = () => disk.getFileHandle('out.zip', { create: true });
      Object.assign(window, { showSaveFilePicker: how === 'disk' ? choose : undefined });
      const fetch = async (at: number) => {
        if (at === 1) throw { code: 'not_fetched' };
        return new Blob([`content ${at}`]);
      };
      await archive(['Überweisung.txt', 'lost.txt', 'überweisung.txt'], fetch, ['case.zip', 'Missing:']);
      if (how === 'download') return [];
      return [...new Uint8Array(await (await (await choose()).getFile()).arrayBuffer())];
    },
    { path, how },
  );
}

const UNZIPPED = {
  'Überweisung.txt': 'content 0',
  'überweisung (2).txt': 'content 2',
  'MISSING.txt': 'Missing:\r\n\r\nlost.txt\r\n',
};

test('a zip is saved as one download', async ({ page, origin }) => {
  await visit(page, origin);
  const [download] = await Promise.all([page.waitForEvent('download'), zipped(page, 'download')]);
  expect(download.suggestedFilename()).toBe('case.zip');
  expect(unzip(readFileSync(await download.path()))).toEqual(UNZIPPED);
});

test('a zip is written to the place the user chose', async ({ page, origin }) => {
  await visit(page, origin);
  expect(unzip(await zipped(page, 'disk'))).toEqual(UNZIPPED);
});
