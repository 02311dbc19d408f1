// What the PUT to the bucket carries: exactly what Connect asked for.
import { expect, test } from './bench.ts';

test('the bytes travel with the headers asked for and no others', async ({ open, control, place }) => {
  const widget = await open();
  await widget.pick({ name: 'Grüße.csv', content: 'a;b', type: 'application/vnd.ms-excel' });
  await widget.reaches('Grüße.csv', 'approved');
  const [put] = await control.requests('PutObject');
  const caseId = place.caseArn.split('/').at(-1);
  const amz = Object.entries(put?.headers ?? {}).filter(([name]) => name.startsWith('x-amz-'));
  expect(Object.fromEntries(amz)).toEqual({
    'x-amz-acl': 'bucket-owner-full-control',
    'x-amz-meta-account_id': place.accountId,
    'x-amz-meta-contact_id': caseId,
    'x-amz-meta-initial_contact_id': caseId,
    'x-amz-meta-organization_id': place.instanceId,
  });
  expect(put?.headers).toMatchObject({
    // The service's type, not the one this browser thinks a csv has.
    'content-type': 'text/csv',
    'content-length': '3',
    'content-disposition': `attachment; filename="Gr__e.csv"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.csv`,
  });
  expect(put?.headers).not.toHaveProperty('authorization');
  expect(put?.headers).not.toHaveProperty('cookie');
});

test('without a type among the headers the browser adds none', async ({ open, control }) => {
  await control.set({ headersToInclude: 'withoutContentType' });
  const widget = await open();
  await widget.pick({ name: 'a.pdf', content: 'x', type: 'application/pdf' });
  await widget.reaches('a.pdf', 'approved');
  const [put] = await control.requests('PutObject');
  expect(put?.headers).not.toHaveProperty('content-type');
});

test('header names in any spelling are sent once (trap 17)', async ({ open, control }) => {
  await control.set({
    headersToInclude: { 'CONTENT-TYPE': 'text/plain', 'X-Amz-Server-Side-Encryption': 'aws:kms', Host: 'x' },
  });
  const widget = await open();
  await widget.pick({ name: 'a.txt', content: 'x', type: 'text/plain' });
  await expect.poll(async () => (await control.requests('PutObject')).length).toBeGreaterThan(0);
  const [put] = await control.requests('PutObject');
  expect(put?.headers['content-type']).toBe('text/plain');
  expect(put?.headers['x-amz-server-side-encryption']).toBe('aws:kms');
});

