// The Leptos component in an app of its own, the trunk demo: put up, turned to another case, put away.
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect, test as base } from '../browser/bench.ts';
import { sha256 } from '../browser/files.ts';
import { Widget } from '../browser/widget.ts';
import { Gauge, watchPage } from '../support/gauge.ts';

/** Longer than a test, shorter than the life of an upload URL. */
const LONG = 120_000;

/** The demo on its page, with what trunk's proxies would hand on to the backend. */
const test = base.extend<{ component: Widget }>({
  component: async ({ page, origin, place }, use) => {
    await watchPage(page);
    await page.route('**/demo.json', (route) => route.fulfill({ json: place }));
    await page.route(`${origin}/api/**`, async (route) => {
      const answer = await route.fetch({ url: route.request().url().replace(`${origin}/api`, place.endpoint) });
      await route.fulfill({ response: answer });
    });
    await page.goto(`${origin}/trunk/`);
    const component = new Widget(page, 'main');
    await expect(component.panel.getByText('No files yet')).toBeVisible();
    await use(component);
    // A call that is still on its way when the test ends is not the proxy's fault.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
});

test('it is put up, takes files and shows their verdicts', async ({ component, control, place }) => {
  await component.attach('a.txt', 'from the component');
  await component.attach('virus.txt', 'x', 'rejected');
  expect(await control.objects()).toMatchObject([{ sha256: sha256('from the component') }]);
  const approved = (await control.files()).filter((file) => file.status === 'APPROVED');
  expect(approved).toMatchObject([{ fileName: 'a.txt', associatedResourceArn: place.caseArn }]);
});

test('it follows the case without being put up again, and files keep theirs', async ({
  component,
  control,
  page,
  place,
}) => {
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  await component.pick({ name: 'first.txt', content: '1' });
  await component.reaches('first.txt', 'uploading');
  await component.panel.evaluate((panel) => (panel.dataset.mark = 'the same'));
  await page.getByRole('button', { name: 'Second case' }).click();
  await expect(component.row('first.txt').getByText('On another case')).toBeVisible();
  await component.attach('second.txt', '2');
  await page.getByRole('button', { name: 'Email draft' }).click();
  await component.attach('mail.txt', '3');
  await control.advance(LONG);
  await expect.poll(async () => (await control.files()).map((file) => file.status)).toEqual(Array(3).fill('APPROVED'));
  await page.getByRole('button', { name: 'First case' }).click();
  await expect(component.row('first.txt')).toContainText('Ready');
  await expect(component.panel).toHaveAttribute('data-mark', 'the same');
  const where = (await control.files()).map((file) => [file.fileName, file.associatedResourceArn]);
  expect(Object.fromEntries(where)).toEqual({
    'first.txt': place.caseArn,
    'second.txt': place.secondCaseArn,
    'mail.txt': place.contactArn,
  });
});

test('put away in the middle of its work it leaves nothing on the page and nothing running', async ({
  component,
  control,
  page,
  expected,
}) => {
  expected.push(REFUSED_REQUEST, BLOCKED_BY_CORS);
  await control.set({ rateLimited: false });
  await control.fault('PutObject', { kind: 'delay', ms: LONG }, { times: null });
  const round = async () => {
    await page.evaluate(pickTwo);
    const uploading = () => page.evaluate(() => document.querySelectorAll('[data-phase=uploading]').length);
    await expect.poll(uploading).toBe(2);
    await page.getByRole('button', { name: 'Put away' }).click();
    await expect(component.panel).toHaveCount(0);
    await expect.poll(() => page.evaluate(() => window.running())).toEqual({ timers: 0, requests: 0 });
    const reading = await gauge.read();
    // What was cut off would be offered again, and each round would begin with more rows.
    await page.evaluate(() => localStorage.clear());
    await page.getByRole('button', { name: 'Bring back' }).click();
    await expect(component.panel.getByText('No files yet')).toBeVisible();
    return reading;
  };
  const gauge = await Gauge.on(page);
  // The first round makes what is made once.
  const [, first] = [await round(), await round()];
  for (let n = 0; n < 5; n += 1) await round();
  const last = await round();
  expect(last.rows - first.rows, 'rows').toBeLessThanOrEqual(0);
  expect(last.nodes - first.nodes, 'DOM nodes').toBeLessThanOrEqual(10);
  expect(last.listeners - first.listeners, 'listeners').toBeLessThanOrEqual(2);
  expect(last.uploads, 'XMLHttpRequests').toBeLessThanOrEqual(1);
  expect(await page.evaluate(() => document.adoptedStyleSheets.length), 'one sheet').toBe(1);
  await control.clearFaults();
  await component.attach('after.txt');
});

test('what was cut off by putting it away is offered again', async ({ component, control, page, expected }) => {
  expected.push(REFUSED_REQUEST, BLOCKED_BY_CORS);
  await control.fault('PutObject', { kind: 'delay', ms: LONG });
  await component.pick({ name: 'cut.txt', content: 'x' });
  await component.reaches('cut.txt', 'uploading');
  await page.getByRole('button', { name: 'Put away' }).click();
  await expect(component.panel).toHaveCount(0);
  await page.getByRole('button', { name: 'Bring back' }).click();
  await expect(component.row('cut.txt')).toContainText('The upload was cut off before this file was sent.');
});

/** Runs in the page: Playwright's own picking holds on to the nodes it has touched, and these are counted. */
function pickTwo() {
  const input = document.querySelector('input[type=file]') as HTMLInputElement;
  const data = new DataTransfer();
  for (const name of ['a.txt', 'b.txt']) data.items.add(new File(['x'], name));
  input.files = data.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
