// Who attached a file: Connect knows an ARN, the host knows a name.
import type { Page } from '@playwright/test';
import { expect, test } from './bench.ts';
import { seed } from './seed.ts';
import type { Widget } from './widget.ts';

type Resolve = (arn: string) => string | null | Promise<string>;

interface Host extends HTMLElement {
  resolveUser: Resolve | null;
  refresh(): void;
}

/** The ARNs the host was asked about. */
const asked = (page: Page) => page.evaluate(() => (window as unknown as { asked: string[] }).asked);

/** Sets the host's function. */
async function answer(widget: Widget, how: 'name' | 'nobody' | 'late' | 'break') {
  await widget.host.evaluate((host, how) => {
    const asked: string[] = [];
    Object.assign(window, { asked });
    (host as Host).resolveUser = (arn) => {
      asked.push(arn);
      if (how === 'break') throw new Error('the directory is away');
      if (how === 'nobody') return null;
      if (how === 'name') return '<b>Ana</b> Pérez';
      return new Promise((resolve) => Object.assign(window, { tell: () => resolve('Ana, later') }));
    };
  }, how);
}

test('the host gives the name, once for all files of a person, and it is text', async ({ open, page, place }) => {
  for (const name of ['1.txt', '2.txt', '3.txt']) await seed(place, name);
  const widget = await open();
  await expect(widget.rows).toHaveCount(3);
  // A framework sets its functions when it likes.
  await answer(widget, 'name');
  for (const name of ['1.txt', '2.txt', '3.txt']) {
    await expect(widget.row(name).locator('.caf-facts')).toContainText('<b>Ana</b> Pérez');
  }
  const arns = await asked(page);
  expect(arns).toHaveLength(1);
  expect(arns[0]).toMatch(/^arn:aws:/);
});

test('a name that comes late is put in; until then the row is whole without it', async ({ open, page, place }) => {
  await seed(place, '1.txt');
  const widget = await open();
  await answer(widget, 'late');
  await expect(widget.row('1.txt')).toContainText('Ready');
  await expect(widget.row('1.txt')).not.toContainText('Ana');
  await expect.poll(() => asked(page)).toHaveLength(1);
  await page.evaluate(() => (window as unknown as { tell(): void }).tell());
  await expect(widget.row('1.txt').locator('.caf-facts')).toContainText('Ana, later');
});

for (const how of ['nobody', 'break'] as const) {
  test(`without an answer (${how}) there is no name, and no ARN instead`, async ({ open, page, place }) => {
    await seed(place, '1.txt');
    const widget = await open();
    await answer(widget, how);
    await expect(widget.row('1.txt')).toContainText('Ready');
    await expect.poll(() => asked(page)).toHaveLength(1);
    await expect(widget.row('1.txt')).not.toContainText('arn:');
  });
}

test('without the function nobody is named', async ({ open, place }) => {
  await seed(place, '1.txt');
  const widget = await open();
  await expect(widget.row('1.txt').locator('.caf-facts')).toHaveText(/^6 bytes · [^·]+$/);
});

test('a function that is there before the widget is asked with the first drawing', async ({ goto, page, place }) => {
  await seed(place, '1.txt');
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      const host = document.querySelector('connect-attached-files') as Host;
      host.resolveUser = () => 'Ana';
    });
  });
  const widget = await goto();
  await widget.ready();
  await expect(widget.row('1.txt').locator('.caf-facts')).toContainText(/ · Ana$/);
});
