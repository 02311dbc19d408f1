// What would be published: all that is needed and nothing else.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { LAZY, expect, test } from './bench.ts';

test('the tarball holds one module, the scripts, the types, and nothing of the build', ({ packed }) => {
  const wasm = packed.files.filter((file) => file.endsWith('.wasm'));
  expect(wasm).toEqual(['connect_attached_files_bg.wasm']);
  expect(packed.files.filter((file) => !file.endsWith('.js') && !wasm.includes(file))).toEqual([
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'LICENSE-client-zip',
    'README.md',
    'package.json',
    'styles.css',
    'types.d.ts',
  ]);
});

test('everything that is fetched later is in the tarball, each in a file of its own', ({ packed }) => {
  const names = packed.files.map((file) => file.replace(/-[A-Z0-9]{8}\.js$/, ''));
  for (const lazy of LAZY) expect(names).toContain(lazy);
});

test('publint finds nothing to complain about', async ({ project }) => {
  const somebody = await project({});
  const root = somebody.path('node_modules', 'connect-attached-files');
  const manifest = JSON.parse(await readFile(`${root}/package.json`, 'utf8'));
  const { messages } = await publint({ pkgDir: root, strict: true });
  expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
});

test('every export leads to a file', async ({ project }) => {
  const somebody = await project({});
  const root = somebody.path('node_modules', 'connect-attached-files');
  const manifest = JSON.parse(await readFile(`${root}/package.json`, 'utf8'));
  for (const name of Object.keys(manifest.exports)) {
    const from = name.replace(/^\./, 'connect-attached-files');
    const code = `console.log(import.meta.resolve(${JSON.stringify(from)}))`;
    const { output } = await somebody.run('node', ['--input-type=module', '--eval', code]);
    expect(output, name).toMatch(/^file:/);
    expect((await readFile(fileURLToPath(output.trim()))).length, name).toBeGreaterThan(0);
  }
});

test('importing it in Node changes nothing and throws nothing', async ({ project }) => {
  const somebody = await project({
    'server.js': `
      const before = Object.keys(globalThis).length;
      const api = await import('connect-attached-files');
      await import('connect-attached-files/define');
      const names = Object.keys(api).sort();
      process.stdout.write(JSON.stringify({ names, globals: Object.keys(globalThis).length - before }));`,
  });
  const { code, output } = await somebody.run('node', ['server.js']);
  expect(code, output).toBe(0);
  expect(JSON.parse(output)).toEqual({
    names: ['AttachedFilesError', 'ConnectAttachedFilesElement', 'defineElement', 'init'],
    globals: 0,
  });
});
