// The packed package, a backend, and a page that must come up with a working widget.
import { test as base, expect, type Page } from '@playwright/test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Widget } from '../browser/widget.ts';
import { Control } from '../support/control.mjs';
import { start, type Place } from '../support/programs.mjs';
import { Project, pack, type Packed } from './project.ts';
import { serve } from './serve.ts';

export { expect };

interface Bench {
  /** A project with the package installed, gone after the test. */
  project(files: Record<string, string>): Promise<Project>;
  /** Opens a built folder and attaches a file with the widget in it. */
  works(folder: string, base?: string): Promise<void>;
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
});

async function attach(page: Page, url: string, { endpoint, instanceId, caseArn }: Place) {
  const complaints: string[] = [];
  const modules: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) modules.push(request.url());
  });
  await page.goto(url);
  const widget = new Widget(page);
  await widget.host.evaluate((host, settings) => Object.assign(host, settings), {
    endpoint,
    instanceId,
    resource: caseArn,
  });
  await widget.ready();
  await widget.attach('a.txt');
  expect(modules, 'one module is loaded, once').toHaveLength(1);
  expect(complaints).toEqual([]);
}
