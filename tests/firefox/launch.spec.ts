// The driver itself, before anything is asked of it: load, click, pick a file, save a file.
import { expect, test } from '@playwright/test';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { launchFirefox, type Browser } from './launch.ts';

const html = `<!doctype html><button>save</button><input type="file"><output></output><script>
  const out = document.querySelector('output');
  document.querySelector('input').onchange = async (event) => { out.value = await event.target.files[0].text(); };
  document.querySelector('button').onclick = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([out.value]));
    link.download = 'saved.txt';
    link.click();
  };
</script>`;

let browser: Browser | undefined;
test.afterEach(() => browser?.close());

test('Firefox loads a page, takes a picked file and saves a download', async ({}, info) => {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(html));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    browser = await launchFirefox(info.outputDir);
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const picked = info.outputPath('picked.txt');
    await writeFile(picked, 'grüße');
    const input = await page.waitForSelector('input');
    await input?.uploadFile(picked);
    await page.waitForFunction(() => document.querySelector('output')?.value === 'grüße');
    await page.click('button');
    await expect
      .poll(() => readFile(join(info.outputDir, 'saved.txt'), 'utf8').catch(() => ''))
      .toBe('grüße');
  } finally {
    server.close();
  }
});
