// What passes between the element and the page it stands on.
import { expect, test } from './bench.ts';

/** Longer than a test, shorter than the life of an upload URL. */
const LONG = 120_000;

test('the host\'s headers go with every call to the backend and never to the bucket', async ({
  goto,
  control,
  page,
}) => {
  const asked: Record<string, string | undefined> = {};
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (request.method() === 'OPTIONS') return;
    asked[url.port] = request.headers()['authorization'];
  });
  const widget = await goto({ query: { bearer: 'the-token' } });
  await widget.ready();
  await widget.attach('a.txt');
  const tokens = Object.values(asked).filter(Boolean);
  expect(tokens).toEqual(['Bearer the-token']);
  const [put] = await control.requests('PutObject');
  expect(put?.headers).not.toHaveProperty('authorization');
});

test('a wrong attribute is told and can be put right', async ({ open, expected }) => {
  expected.push(/max-files/);
  const widget = await open();
  await widget.host.evaluate((host) => host.setAttribute('max-files', 'many'));
  const alert = widget.host.getByRole('alert').filter({ visible: true });
  await expect(alert).toContainText('max-files must be a whole number of 1 or more, not "many".');
  expect(await widget.host.evaluate((host) => host.matches(':state(error)'))).toBe(true);
  await widget.host.evaluate((host) => host.setAttribute('max-files', '5'));
  await expect(alert).toHaveCount(0);
  await widget.attach('a.txt');
});

test('states of the element follow its work', async ({ open, control }) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  const widget = await open();
  const states = () =>
    widget.host.evaluate((host) =>
      ['busy', 'error', 'ready'].filter((state) => host.matches(`:state(${state})`)),
    );
  expect(await states()).toEqual(['ready']);
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'uploading');
  expect(await states()).toEqual(['busy', 'ready']);
  await control.advance(LONG);
  await widget.reaches('a.txt', 'approved');
  expect(await states()).toEqual(['ready']);
});

test('nothing secret is in items, events or markup', async ({ open, page, control }) => {
  await control.set({ scannerSilent: true });
  await page.addInitScript(() => {
    window.addEventListener('upload-start', (event) => keep(event));
    window.addEventListener('status-change', (event) => keep(event));
    function keep(event: Event) {
      const told = JSON.stringify((event as CustomEvent).detail);
      document.documentElement.dataset.told = (document.documentElement.dataset.told ?? '') + told;
    }
  });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x' });
  await widget.reaches('a.txt', 'scanning');
  const all = await widget.host.evaluate(
    (host) =>
      JSON.stringify((host as HTMLElement & { items: unknown }).items) +
      host.shadowRoot?.innerHTML +
      document.documentElement.dataset.told,
  );
  expect(all).toContain('a.txt');
  expect(all).not.toMatch(/X-Amz-Signature|X-Amz-Credential/i);
});
