// Bundlers take the package without any configuration, emit its module exactly once, and the page works.
import { build as vite } from 'vite';
import webpack from 'webpack';
import { expect, test } from './bench.ts';
import type { Project } from './project.ts';

const HTML = (script: string) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Somebody's page</title><link rel="icon" href="data:,"></head>
  <body>
    <connect-attached-files></connect-attached-files>
    <script type="module" src="${script}"></script>
  </body>
</html>`;

const DEFINE = `import 'connect-attached-files/define';`;
const BY_HAND = `
  import { defineElement, init } from 'connect-attached-files';
  init();
  defineElement();
`;

async function modules(project: Project) {
  return (await project.below('dist')).filter((name) => name.endsWith('.wasm'));
}

for (const [how, main] of [
  ['by its define entry', DEFINE],
  ['by its functions', BY_HAND],
] as const) {
  test(`Vite builds a page that loads it ${how}`, async ({ project, works }) => {
    const { root, path, ...rest } = await bundled(project, main);
    await vite({ root, logLevel: 'silent', configFile: false });
    expect(await modules(rest.project)).toHaveLength(1);
    await works(path('dist'));
  });
}

test('Vite builds a page for a folder below the origin', async ({ project, works, splits }) => {
  const { root, path } = await bundled(project, DEFINE);
  await vite({ root, base: '/some/app/', logLevel: 'silent', configFile: false });
  await works(path('dist'), '/some/app/');
  await splits(path('dist'), '/some/app/');
});

test('webpack builds a page for production', async ({ project, works, splits }) => {
  const { root, path, project: somebody } = await bundled(project, DEFINE);
  await bundle({ context: root, entry: './main.js', mode: 'production', output: { path: path('dist') } });
  await somebody.write({ 'dist/index.html': HTML('./main.js') });
  expect(await modules(somebody)).toHaveLength(1);
  await works(path('dist'));
  await splits(path('dist'));
});

test('webpack keeps the package in a chunk of its own when it is imported late', async ({ project, works }) => {
  const { root, path, project: somebody } = await bundled(project, `import('connect-attached-files/define');`);
  await bundle({ context: root, entry: './main.js', mode: 'production', output: { path: path('dist') } });
  await somebody.write({ 'dist/index.html': HTML('./main.js') });
  expect((await somebody.below('dist')).filter((name) => name.endsWith('.js')).length).toBeGreaterThan(1);
  expect(await modules(somebody)).toHaveLength(1);
  await works(path('dist'));
});

test('a page without a bundler needs an import map and nothing else', async ({ project, works }) => {
  const somebody = await project({});
  const map = { imports: { 'connect-attached-files/': './node_modules/connect-attached-files/' } };
  await somebody.write({
    'index.html': HTML('./main.js').replace(
      '</head>',
      `<script type="importmap">${JSON.stringify(map)}</script></head>`,
    ),
    'main.js': `import 'connect-attached-files/define.js';`,
  });
  await works(somebody.root);
});

test('a page may serve the module from a place of its own', async ({ project, works }) => {
  const somebody = await project({});
  const code = `
    import { defineElement, init } from './node_modules/connect-attached-files/index.js';
    init({ url: new URL('./elsewhere/the-module.wasm', import.meta.url) });
    defineElement();
  `;
  await somebody.write({ 'index.html': HTML('./main.js'), 'main.js': code });
  const move = `
    import { mkdirSync, renameSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    mkdirSync('elsewhere');
    renameSync(fileURLToPath(import.meta.resolve('connect-attached-files/wasm')), 'elsewhere/the-module.wasm');
  `;
  const moved = await somebody.run('node', ['--input-type=module', '--eval', move]);
  expect(moved.code, moved.output).toBe(0);
  await works(somebody.root);
});

async function bundled(project: (files: Record<string, string>) => Promise<Project>, main: string) {
  const somebody = await project({ 'index.html': HTML('/main.js'), 'main.js': main });
  return {
    project: somebody,
    root: somebody.root,
    path: (...parts: string[]) => somebody.path(...parts),
  };
}

function bundle(configuration: webpack.Configuration) {
  return new Promise<void>((resolve, reject) => {
    webpack({ ...configuration, performance: false, stats: 'errors-only' }, (error, stats) => {
      if (error || !stats) return reject(error ?? new Error('no result'));
      if (stats.hasErrors() || stats.hasWarnings()) return reject(new Error(stats.toString('errors-warnings')));
      resolve();
    });
  });
}
