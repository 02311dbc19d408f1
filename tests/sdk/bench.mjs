// One backend with its embedded emulator, and the official SDKs pointed at both.
import { ConnectClient } from '@aws-sdk/client-connect';
import { ConnectCasesClient } from '@aws-sdk/client-connectcases';
import { S3Client } from '@aws-sdk/client-s3';
import { Control } from '../support/control.mjs';
import { start } from '../support/programs.mjs';

/** The emulated bucket (crates/emulator/src/info.rs). */
export const BUCKET = 'amazon-connect-emulated';

const unsigned = { sign: async (request) => request };
const anybody = { accessKeyId: 'ANYBODY', secretAccessKey: 'anything' };

/** Starts the servers; `ways` are the clients by how they reach the service. */
export async function open() {
  const { said, end } = await start('backend', ['--port', '0', '--json']);
  const account = { accessKeyId: said.accessKeyId, secretAccessKey: said.secretAccessKey };
  const base = { region: said.region, maxAttempts: 1 };
  const pair = (config) => ({
    connect: new ConnectClient({ ...base, ...config }),
    cases: new ConnectCasesClient({ ...base, ...config }),
  });
  const bucket = (config = {}) =>
    new S3Client({
      ...base,
      credentials: account,
      endpoint: said.s3,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      ...config,
    });
  const bench = {
    ...said,
    control: new Control(said.control),
    account,
    pair,
    bucket,
    ways: {
      'signed, at the emulator': pair({ endpoint: said.connect, credentials: account }),
      'unsigned, through the backend': pair({ endpoint: said.endpoint, credentials: anybody, signer: unsigned }),
      'signed by anybody, through the backend': pair({ endpoint: said.endpoint, credentials: anybody }),
    },
    /** Back to the start, without throttle and count limit, which tests of them set themselves. */
    async reset() {
      await bench.control.reset();
      await bench.control.set({ rateLimited: false, maxFilesPerResource: null });
    },
    end,
  };
  return bench;
}

/** The names of `ways`, for tests that are declared before anything is started. */
export const WAYS = [
  'signed, at the emulator',
  'unsigned, through the backend',
  'signed by anybody, through the backend',
];

/** Headers that fetch writes by itself. */
const OWN = new Set(['content-length', 'host']);

/** PUTs a body with exactly the headers asked for, as a browser would. */
export function put({ Url, HeadersToInclude = {} }, body, more = {}) {
  const headers = Object.entries({ ...HeadersToInclude, ...more });
  return fetch(Url, {
    method: 'PUT',
    headers: headers.filter(([name]) => !OWN.has(name.toLowerCase())),
    // A view of bytes: fetch adds no Content-Type of its own.
    body: Buffer.from(body),
  });
}

/** An S3 answer as status and the elements of its XML. */
export async function s3Error(answer) {
  const xml = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), ...elements(xml) };
}

/** The leaves of S3's flat error XML by name. */
export function elements(xml) {
  const found = xml.matchAll(/<([A-Za-z0-9-]+)>([^<]*)<\/\1>/g);
  return Object.fromEntries(Array.from(found, ([, name, text]) => [name, text]));
}

/** What a call is rejected with. */
export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('the call succeeded');
}
