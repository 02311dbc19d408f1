// What a screen reader is told, kept in the repository and compared to the letter.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Widget } from '../browser/widget.ts';

const FOLDER = join(import.meta.dirname, 'trees');

/** With RENEW_TREES set, writes the tree instead: the diff is for a person to read. */
export async function compareTree({ host, page }: Widget, name: string) {
  const file = join(FOLDER, `${name.replaceAll(' ', '-')}.yml`);
  const { origin } = new URL(page.url());
  const tree = async () => `${await host.ariaSnapshot()}\n`.replaceAll(origin, 'https://page.example');
  if (process.env.RENEW_TREES) {
    // The last sentence of the live region comes a moment later; a comparison waits for it by itself.
    await page.waitForTimeout(1_500);
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, await tree());
  } else {
    await expect.poll(tree, `${file}; RENEW_TREES=1 renews it`).toBe(readFileSync(file, 'utf8'));
  }
}
