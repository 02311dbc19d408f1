// URLs signed by the SDK's own presigner against the emulated bucket: good ones are taken, and every bad
// PUT gets the XML that S3 would send (reference 2.4 and 2.5).
import assert from 'node:assert/strict';
import { connect as dial } from 'node:net';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { BUCKET, elements, open, put, rejection, s3Error } from './bench.mjs';

let bench;
let s3;
before(async () => {
  bench = await open();
  s3 = bench.bucket();
});
beforeEach(() => bench.reset());
after(() => bench?.end());

const KEY = 'connect/emulated/attachments/by-hand/1';
const BODY = 'hello';
/** What Connect asks for in chat (reference 2.1), signed as ordinary headers. */
const HEADERS = {
  'Content-Type': 'text/plain',
  'Content-Disposition': 'attachment; filename="a.txt"',
  'Content-Length': String(BODY.length),
  'x-amz-acl': 'bucket-owner-full-control',
  'x-amz-meta-contact_id': 'c1',
};

/** A URL that binds exactly `HEADERS`. */
async function signed(client = s3, options = {}, more = {}) {
  const command = new PutObjectCommand({
    Bucket: BUCKET,
    Key: KEY,
    ContentType: HEADERS['Content-Type'],
    ContentDisposition: HEADERS['Content-Disposition'],
    ContentLength: BODY.length,
    ACL: HEADERS['x-amz-acl'],
    Metadata: { contact_id: 'c1' },
    ...more,
  });
  const Url = await getSignedUrl(client, command, {
    expiresIn: 60,
    signableHeaders: new Set(['host', ...Object.keys(HEADERS).map((name) => name.toLowerCase())]),
    unhoistableHeaders: new Set(['x-amz-acl', 'x-amz-meta-contact_id']),
    ...options,
  });
  return { Url, HeadersToInclude: HEADERS };
}

const without = (headers, name) =>
  Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));

/** Expects S3's error for an answer. */
async function refused(answer, status, Code) {
  const error = await s3Error(await answer);
  assert.deepEqual([error.status, error.Code], [status, Code], error.Message);
  assert.equal(error.type, 'application/xml');
  assert.ok(error.RequestId && error.HostId, 'ids for support');
  return error;
}

describe('a good URL', () => {
  it('signs exactly the headers it was told to', async () => {
    const { Url } = await signed();
    const names = new URL(Url).searchParams.get('X-Amz-SignedHeaders').split(';');
    assert.deepEqual(names, [...Object.keys(HEADERS).map((name) => name.toLowerCase()), 'host'].sort());
  });

  it('takes the bytes, more than once, and gives them back', async () => {
    const upload = await signed();
    for (const body of ['first', BODY]) assert.equal((await put(upload, body)).status, 200);
    const [object] = await bench.control.objects();
    assert.equal(object.key, KEY);
    assert.equal(object.sha256, createHash('sha256').update(BODY).digest('hex'));
    assert.equal(object.contentType, 'text/plain');

    const ResponseContentDisposition = 'attachment; filename="other.txt"';
    const command = new GetObjectCommand({ Bucket: BUCKET, Key: KEY, ResponseContentDisposition });
    const download = await fetch(await getSignedUrl(s3, command, { expiresIn: 60 }));
    assert.equal(await download.text(), BODY);
    assert.equal(download.headers.get('content-disposition'), ResponseContentDisposition);
    assert.equal(download.headers.get('x-amz-meta-contact_id'), 'c1');
  });

  it('may name any key', async () => {
    const Key = 'connect/von Hand/Grüße (1)+日本 & \'~\'.txt';
    assert.equal((await put(await signed(s3, {}, { Key }), BODY)).status, 200);
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key }));
    assert.equal(await (await fetch(url)).text(), BODY);
  });

  it('may carry its headers in the query instead', async () => {
    const { Url } = await signed(s3, { unhoistableHeaders: new Set() });
    assert.equal(new URL(Url).searchParams.get('x-amz-meta-contact_id'), 'c1');
    const plain = without(without(HEADERS, 'x-amz-acl'), 'x-amz-meta-contact_id');
    const answer = await put({ Url, HeadersToInclude: plain }, BODY);
    assert.equal(answer.status, 200, await answer.text());
  });

  it('of a client that adds checksums is taken too', async () => {
    const checking = bench.bucket({ requestChecksumCalculation: 'WHEN_SUPPORTED' });
    const answer = await put(await signed(checking), BODY);
    assert.equal(answer.status, 200, await answer.text());
  });

  it('names its bucket in the host when the client does', async () => {
    const endpoint = bench.s3.replace('127.0.0.1', 'localhost');
    const { Url } = await signed(bench.bucket({ endpoint, forcePathStyle: false }));
    const url = new URL(Url);
    assert.equal(url.hostname, `${BUCKET}.localhost`);
    // Not every resolver knows *.localhost: the request goes to the address by hand.
    const answer = await raw(url, HEADERS, BODY);
    assert.equal(answer.status, 200, answer.xml);
  });
});

describe('a bad PUT', () => {
  for (const name of Object.keys(HEADERS).filter((name) => name !== 'Content-Length')) {
    it(`without the signed ${name}, or with another value, has the wrong signature`, async () => {
      const { Url } = await signed();
      const missing = put({ Url, HeadersToInclude: without(HEADERS, name) }, BODY);
      const error = await refused(missing, 403, 'SignatureDoesNotMatch');
      assert.ok(error.StringToSign && error.CanonicalRequest && error.SignatureProvided);
      assert.equal(error.AWSAccessKeyId, bench.accessKeyId);
      const changed = put({ Url, HeadersToInclude: { ...HEADERS, [name]: `${HEADERS[name]}x` } }, BODY);
      await refused(changed, 403, 'SignatureDoesNotMatch');
    });
  }

  it('of another length than signed has the wrong signature', async () => {
    const upload = await signed();
    for (const body of ['', 'hell', 'hello!']) await refused(put(upload, body), 403, 'SignatureDoesNotMatch');
    assert.deepEqual(await bench.control.objects(), []);
  });

  it('with two content types has the wrong signature', async () => {
    const answer = put(await signed(), BODY, { 'content-type': 'text/plain' });
    await refused(answer, 403, 'SignatureDoesNotMatch');
  });

  it('with an x-amz header that is not signed is told which', async () => {
    const answer = put(await signed(), BODY, { 'x-amz-meta-mine': '1' });
    const error = await refused(answer, 403, 'AccessDenied');
    assert.equal(error.HeadersNotSigned, 'x-amz-meta-mine');
  });

  it('with an unsigned x-amz-content-sha256 is refused or let through, as set', async () => {
    const upload = await signed();
    const more = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const error = await refused(put(upload, BODY, more), 403, 'AccessDenied');
    assert.equal(error.HeadersNotSigned, 'x-amz-content-sha256');
    await bench.control.set({ s3UnsignedSha256Allowed: true });
    assert.equal((await put(upload, BODY, more)).status, 200);
  });

  it('after the end of its life has expired', async () => {
    const upload = await signed();
    await bench.control.advance(62_000);
    const error = await refused(put(upload, BODY), 403, 'AccessDenied');
    assert.equal(error.Message, 'Request has expired');
    assert.equal(error['X-Amz-Expires'], '60');
    assert.ok(Date.parse(error.ServerTime) > Date.parse(error.Expires));
  });

  it('before its time is not yet valid', async () => {
    const upload = await signed(s3, { signingDate: new Date(Date.now() + 600_000) });
    const error = await refused(put(upload, BODY), 403, 'AccessDenied');
    assert.equal(error.Message, 'Request is not yet valid');
    assert.ok(error['X-Amz-Date']);
  });

  it('whose URL was tampered with is named by what is wrong', async () => {
    const { Url } = await signed();
    const bent = (from, to) => {
      const Bent = Url.replace(from, to);
      assert.notEqual(Bent, Url, from);
      return put({ Url: Bent, HeadersToInclude: HEADERS }, BODY);
    };
    for (const [from, to] of [
      ['X-Amz-Expires=60', 'X-Amz-Expires=604801'],
      ['X-Amz-Expires=60', 'X-Amz-Expires=never'],
      ['&X-Amz-Expires=60', ''],
      ['%2Fus-east-1%2F', '%2Feu-west-2%2F'],
      ['AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1'],
    ]) {
      await refused(bent(from, to), 400, 'AuthorizationQueryParametersError');
    }
    await refused(bent('X-Amz-Expires=60', 'X-Amz-Expires=61'), 403, 'SignatureDoesNotMatch');
    await refused(bent('attachments', 'elsewhere'), 403, 'SignatureDoesNotMatch');
    await refused(bent('%3Bhost', ''), 403, 'AccessDenied');
    await refused(fetch(Url.split('?')[0], { method: 'PUT', body: BODY }), 403, 'AccessDenied');
  });

  it('signed with an unknown key, or a wrong secret, is refused', async () => {
    const by = (credentials) => signed(bench.bucket({ credentials: { ...bench.account, ...credentials } }));
    const unknown = await refused(put(await by({ accessKeyId: 'SOMEBODY' }), BODY), 403, 'InvalidAccessKeyId');
    assert.equal(unknown.AWSAccessKeyId, 'SOMEBODY');
    await refused(put(await by({ secretAccessKey: 'wrong' }), BODY), 403, 'SignatureDoesNotMatch');
  });

  it('with a wrong MD5 is a bad digest', async () => {
    const md5 = createHash('md5').update('other').digest('base64');
    await refused(put(await signed(), BODY, { 'content-md5': md5 }), 400, 'BadDigest');
  });

  it('without a length is refused', async () => {
    const { Url } = await signed();
    const stream = new Blob([BODY]).stream();
    const headers = without(HEADERS, 'Content-Length');
    const answer = fetch(Url, { method: 'PUT', headers, body: stream, duplex: 'half' });
    await refused(answer, 411, 'MissingContentLength');
  });

  it('that breaks off is incomplete', async () => {
    const { Url } = await signed();
    const answer = await raw(new URL(Url), HEADERS, 'hel', { end: true });
    assert.deepEqual([answer.status, answer.Code], [400, 'IncompleteBody']);
  });

  it('that stands still times out on S3\'s clock', async () => {
    // A week, the most there is: the clock may run ahead before the request has even arrived.
    const { Url } = await signed(s3, { expiresIn: 604_800 });
    const answer = raw(new URL(Url), HEADERS, 'hel');
    let done = false;
    answer.finally(() => (done = true));
    while (!done) await bench.control.advance(20_000);
    const { status, Code } = await answer;
    assert.deepEqual([status, Code], [400, 'RequestTimeout']);
  });

  it('of more than 5 GiB is too large', async () => {
    const ContentLength = 5 * 1024 ** 3 + 1;
    const { Url } = await signed(s3, {}, { ContentLength });
    const headers = { ...HEADERS, 'Content-Length': String(ContentLength) };
    const answer = await raw(new URL(Url), headers, '', { end: true });
    assert.deepEqual([answer.status, answer.Code], [400, 'EntityTooLarge']);
  });
});

describe('the bucket beside its URLs', () => {
  it('answers the preflight of a page as S3 does', async () => {
    const { Url } = await signed();
    const preflight = (origin, names = 'content-type,x-amz-acl') =>
      fetch(Url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': names,
        },
      });
    const open = await preflight('http://a.example');
    assert.equal(open.status, 200);
    assert.equal(open.headers.get('access-control-allow-origin'), '*');
    assert.equal(open.headers.get('access-control-allow-headers'), 'content-type, x-amz-acl');
    await bench.control.set({ s3CorsOrigins: ['http://a.example'] });
    const named = await preflight('http://a.example');
    assert.equal(named.headers.get('access-control-allow-origin'), 'http://a.example');
    await refused(preflight('http://b.example'), 403, 'AccessForbidden');
    await bench.control.set({ s3CorsHeaders: ['content-type'] });
    await refused(preflight('http://a.example'), 403, 'AccessForbidden');
  });

  it('works with the client itself, typed errors included', async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'by/client', Body: BODY, Metadata: { a: 'b' } }));
    const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'by/client' }));
    assert.deepEqual([head.ContentLength, head.Metadata], [5, { a: 'b' }]);
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'by/client' }));
    assert.equal(await got.Body.transformToString(), BODY);
    const missing = await rejection(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'not/there' })));
    assert.ok(missing instanceof NoSuchKey, missing.name);
    const foreign = bench.bucket({ credentials: { ...bench.account, secretAccessKey: 'wrong' } });
    const denied = await rejection(foreign.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'by/client' })));
    assert.ok(denied instanceof S3ServiceException);
    assert.equal(denied.name, 'SignatureDoesNotMatch');
  });
});

/** A PUT byte by byte: no client of the platform lies about a length or stops in the middle. */
function raw(url, headers, body, { end = false } = {}) {
  return new Promise((resolve, reject) => {
    const socket = dial(Number(url.port), '127.0.0.1');
    const lines = Object.entries({ Host: url.host, Connection: 'close', ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => (text += chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const status = Number(text.split(' ')[1]);
      resolve({ status, xml: text, ...elements(text) });
    });
    socket.write(`PUT ${url.pathname}${url.search} HTTP/1.1\r\n${head}\r\n${body}`);
    if (end) socket.end();
  });
}
