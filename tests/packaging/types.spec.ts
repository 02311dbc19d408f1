// The types resolve and say what the package does, in both ways that TypeScript resolves packages today.
import { fileURLToPath } from 'node:url';
import { expect, test } from './bench.ts';

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

const USE = `
import 'connect-attached-files/define';
import { AttachedFilesError, ConnectAttachedFilesElement, defineElement, init } from 'connect-attached-files';
import type { Item, Limits } from 'connect-attached-files';

await init({ url: '/the.wasm' });
const Element: typeof ConnectAttachedFilesElement = defineElement('my-files');
const element = document.createElement('connect-attached-files');
element.endpoint = 'https://backend.example';
element.getHeaders = async () => ({ authorization: 'Bearer x' });
element.maxFiles = null;
element.addFiles([new File([], 'a.txt')]);
const items: Item[] = element.items;
const limits: Limits | null = element.limits;
element.addEventListener('file-approved', (event) => {
  const name: string = event.detail.name;
  const id: string | null = event.detail.fileId;
  console.log(name, id, event.detail.error?.code === 'signature_mismatch');
});
element.addEventListener('status-change', ({ detail }) => console.log(detail.previousPhase, detail.phase));
element.ready.catch((error: unknown) => {
  if (error instanceof AttachedFilesError && error.code === 'load_failed') console.log(error.message);
});
const found = document.querySelector('connect-attached-files');
found?.download(items[0]?.id ?? 0);
found?.remove();
console.log(Element, limits);

// @ts-expect-error the phase is one of a list
const phase: Item['phase'] = 'done';
// @ts-expect-error items cannot be written
element.items = [];
// @ts-expect-error files, not names
element.addFiles(['a.txt']);
// @ts-expect-error no such event detail
element.addEventListener('file-approved', (event) => event.detail.url);
console.log(phase);
`;

for (const [module, moduleResolution] of [
  ['esnext', 'bundler'],
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
] as const) {
  test(`under moduleResolution ${moduleResolution}`, async ({ project }) => {
    const somebody = await project({
      'use.ts': USE,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          lib: ['es2023', 'dom', 'dom.iterable'],
          module,
          moduleResolution,
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          types: [],
          noEmit: true,
          // The package's own declarations are checked as well.
          skipLibCheck: false,
        },
        include: ['use.ts'],
      }),
    });
    const { code, output } = await somebody.run('node', [tsc, '--project', '.']);
    expect(output).toBe('');
    expect(code).toBe(0);
  });
}
