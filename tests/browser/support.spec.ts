// What people need when something fails: details for support, the CORS rule for an administrator.
import { BLOCKED_BY_CORS, REFUSED_REQUEST, expect, test } from './bench.ts';
import { driveTime } from './time.ts';

test('Copy details holds what support needs and no secret', async ({ open, control, context, origin, page, expected }) => {
  expected.push(REFUSED_REQUEST);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const widget = await open();
  await control.fault('PutObject', { kind: 'status', status: 403, code: 'SignatureDoesNotMatch' });
  await widget.attach('a.txt', 'x', 'error');
  await widget.button('Copy details', 'a.txt').click();
  await expect(widget.live).toHaveText('Copied');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const line of [
    /^connect-attached-files \d/,
    `page: ${origin}`,
    'file: a.txt',
    'stage: put',
    'code: signature_mismatch',
    'status: 403',
    'service code: SignatureDoesNotMatch',
    /request id: \w+/,
    /file id: [\w-]+/,
  ]) {
    expect(text).toMatch(line);
  }
  expect(text).not.toMatch(/X-Amz|Signature=|Bearer/);
});

test('Copy details works where the page may not use the clipboard', async ({ open, control, page, expected }) => {
  expected.push(REFUSED_REQUEST);
  const widget = await open();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await control.fault('StartAttachedFileUpload', { kind: 'status', status: 403, code: 'AccessDeniedException' });
  await widget.attach('a.txt', 'x', 'error');
  const copied = page.evaluate(
    () => new Promise((done) => addEventListener('copy', () => done(document.getSelection()?.toString()), { once: true })),
  );
  await widget.button('Copy details', 'a.txt').click();
  await copied;
  await expect(widget.live).toHaveText('Copied');
});

test('a bucket without a CORS rule is named, with the exact rule for this page', async ({
  open,
  control,
  origin,
  page,
  expected,
}) => {
  expected.push(REFUSED_REQUEST, BLOCKED_BY_CORS);
  const time = await driveTime(page);
  const widget = await open();
  await control.set({ s3CorsOrigins: [] });
  await widget.pick({ name: 'a.txt', content: 'x' });
  await time.pass(120_000);
  await widget.reaches('a.txt', 'error');
  expect((await widget.item('a.txt'))?.error?.code).toBe('bucket_unreachable');
  const rule = widget.panel.locator('pre');
  await expect(rule).toBeVisible();
  expect(JSON.parse(await rule.innerText())).toEqual([
    { AllowedOrigins: [origin], AllowedMethods: ['PUT', 'GET'], AllowedHeaders: ['*'] },
  ]);
  await control.set({ s3CorsOrigins: [origin] });
  await widget.button('Try again', 'a.txt').click();
  await widget.reaches('a.txt', 'approved');
  await expect(rule).toBeHidden();
});
