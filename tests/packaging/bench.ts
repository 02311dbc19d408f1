// The packed package, a backend, and a page that must come up with a working widget.
import { test as base, expect, type Page } from '@playwright/test';
import { readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Widget } from '../browser/widget.ts';
import { Control } from '../support/control.mjs';
import { start, type Place } from '../support/programs.mjs';
import { Project, pack, type Packed } from './project.ts';
import { serve } from './serve.ts';

export { expect };

/** What is fetched when it is first needed, by the names the files begin with. */
export const LAZY = ['late', 'unfold', 'sniff', 'thumbnail', 'preview', 'archive', 'keys', 'de'];

/** What tells some of them in whatever a bundler makes of them: folders, preview, zip, German. */
const GERMAN = 'Alle abbrechen';
const MARKS = ['__macosx', 'caf-preview', 'MISSING.txt', GERMAN];

interface Bench {
  /** A project with the package installed, gone after the test. */
  project(files: Record<string, string>): Promise<Project>;
  /** Opens a built folder and attaches a file with the widget in it. */
  works(folder: string, base?: string): Promise<void>;
  /** Opens a built folder and checks that what is needed later comes later, and comes. */
  splits(folder: string, base?: string): Promise<void>;
}

export const test = base.extend<Bench, { packed: Packed; place: Place }>({
  packed: [
    async ({}, use, info) => use(await pack(join(tmpdir(), `attached-files-pack-${info.workerIndex}`))),
    { scope: 'worker' },
  ],
  place: [
    async ({}, use) => {
      const { said, end } = await start('backend', ['--port', '0', '--json']);
      await use(said);
      await end();
    },
    { scope: 'worker' },
  ],
  project: async ({ packed }, use) => {
    const projects: Project[] = [];
    await use(async (files) => {
      const project = await Project.make(packed.tarball, files);
      projects.push(project);
      return project;
    });
    for (const project of projects) await project.end();
  },
  works: async ({ page, place }, use) => {
    await use(async (folder, base) => {
      const control = new Control(place.control);
      await control.reset();
      await control.set({ scanDelayMs: 0 });
      const site = await serve(folder, base);
      try {
        await attach(page, site.url, place);
        expect(await control.files()).toMatchObject([{ fileName: 'a.txt', status: 'APPROVED' }]);
      } finally {
        await site.end();
      }
    });
  },
  splits: async ({ page, place }, use) => {
    await use(async (folder, base) => {
      const names = await readdir(folder, { recursive: true });
      const scripts = names.filter((name) => name.endsWith('.js') && !name.includes('node_modules'));
      const texts = await Promise.all(scripts.map((name) => readFile(join(folder, name), 'utf8')));
      for (const mark of MARKS) {
        expect(texts.filter((text) => text.includes(mark)), `${mark} is in one file`).toHaveLength(1);
      }
      const site = await serve(folder, base);
      try {
        await later(page, site.url, place);
      } finally {
        await site.end();
      }
    });
  },
});

/** The widget of a page, set to a case and ready. */
async function opened(page: Page, url: string, { endpoint, instanceId, caseArn }: Place): Promise<Widget> {
  await page.goto(url);
  const widget = new Widget(page);
  await widget.host.evaluate((host, settings) => Object.assign(host, settings), {
    endpoint,
    instanceId,
    resource: caseArn,
  });
  await widget.ready();
  return widget;
}

async function later(page: Page, url: string, place: Place) {
  const scripts: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.text());
  });
  const widget = await opened(page, url, place);
  const holding = async (mark: string) => (await Promise.all(scripts)).filter((text) => text.includes(mark)).length;
  for (const mark of MARKS) expect(await holding(mark), `${mark} at first`).toBe(0);
  await widget.host.evaluate((host) => Object.assign(host, { locale: 'de' }));
  await expect.poll(() => holding(GERMAN), 'German once it is asked for').toBe(1);
  expect(await holding('caf-preview'), 'and nothing else with it').toBe(0);
}

async function attach(page: Page, url: string, place: Place) {
  const complaints: string[] = [];
  const modules: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) modules.push(request.url());
  });
  const widget = await opened(page, url, place);
  await widget.attach('a.txt');
  expect(modules, 'one module is loaded, once').toHaveLength(1);
  expect(complaints).toEqual([]);
}
