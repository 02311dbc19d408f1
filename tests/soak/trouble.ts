// What goes wrong in a soak: faults that meet one file each, and weather that meets all.
import type { BrowserContext } from '@playwright/test';
import type { Control, Fault, Operation, When } from '../support/control.mjs';
import type { Chance } from '../support/random.ts';
import type { Cargo } from './cargo.ts';

type Scripted = (chance: Chance) => [Operation, Fault, When?];

const status = (status: number, code: string): Fault => ({ kind: 'status', status, code });

/** Told by the call that they meet; one that is listed twice comes twice as often. */
const FAULTS: Record<string, Scripted> = {
  'reset in the body': (chance) => ['PutObject', { kind: 'reset', afterBytes: chance.between(0, 500_000) }],
  'PUT 503 SlowDown': (chance) => ['PutObject', status(503, 'SlowDown'), { times: chance.between(1, 3) }],
  'PUT 500': () => ['PutObject', status(500, 'InternalError')],
  'PUT 400 RequestTimeout': () => ['PutObject', status(400, 'RequestTimeout')],
  'PUT expired': () => ['PutObject', { kind: 'expired' }],
  'PUT answer lost': () => ['PutObject', { kind: 'lostAnswer' }],
  'PUT late': (chance) => ['PutObject', { kind: 'delay', ms: chance.between(100, 1_500) }],
  'PUT without CORS headers': () => ['PutObject', { kind: 'noCors' }],
  'PUT wrong signature': () => ['PutObject', status(403, 'SignatureDoesNotMatch')],
  'PUT denied': () => ['PutObject', status(403, 'AccessDenied')],
  'PUT 503 for long': () => ['PutObject', status(503, 'SlowDown'), { times: 8 }],
  'start answer lost': () => ['StartAttachedFileUpload', { kind: 'lostAnswer' }],
  'start 500': () => ['StartAttachedFileUpload', status(500, 'InternalServiceException')],
  'start reset': () => ['StartAttachedFileUpload', { kind: 'reset' }],
  'start late': (chance) => ['StartAttachedFileUpload', { kind: 'delay', ms: chance.between(100, 1_500) }],
  'start with an old URL': () => ['StartAttachedFileUpload', { kind: 'expired' }],
  'start 403': () => ['StartAttachedFileUpload', status(403, 'AccessDeniedException')],
  'complete answer lost': () => ['CompleteAttachedFileUpload', { kind: 'lostAnswer' }],
  'complete 500': () => ['CompleteAttachedFileUpload', status(500, 'InternalServiceException')],
  'complete reset': () => ['CompleteAttachedFileUpload', { kind: 'reset' }],
  'complete late': (chance) => ['CompleteAttachedFileUpload', { kind: 'delay', ms: chance.between(100, 1_500) }],
};

const THROTTLED: Fault = {
  kind: 'status',
  status: 429,
  code: 'ThrottlingException',
  headers: { 'retry-after': '1' },
};

/** Every second file meets one fault, some of them another. Tells how many were scripted by name. */
export async function scriptFaults(control: Control, files: Cargo[], chance: Chance) {
  const names = Object.keys(FAULTS);
  const told: Record<string, number> = {};
  for (const { name: fileName } of files) {
    for (let at = 0; at < 2 && chance.oneIn(2 + at); at += 1) {
      const fault = chance.pick(names);
      const [operation, what, when] = FAULTS[fault]!(chance);
      await control.fault(operation, what, { ...when, fileName });
      told[fault] = (told[fault] ?? 0) + 1;
    }
  }
  return told;
}

/** One spell of bad weather, over when this comes back. */
export async function weather(control: Control, context: BrowserContext, chance: Chance): Promise<string> {
  const lasts = () => new Promise((resolve) => setTimeout(resolve, chance.between(200, 1_200)));
  switch (chance.between(1, 4)) {
    case 1:
      await control.link(false);
      await lasts();
      await control.link(true);
      return 'link cut';
    case 2:
      await context.setOffline(true);
      await control.link(false);
      await lasts();
      await control.link(true);
      await context.setOffline(false);
      return 'offline';
    case 3:
      for (const operation of ['StartAttachedFileUpload', 'CompleteAttachedFileUpload'] as const) {
        await control.fault(operation, THROTTLED, { times: chance.between(1, 2) });
      }
      await control.fault('BatchGetAttachedFileMetadata', THROTTLED);
      return '429';
    default:
      await control.fault('PutObject', status(503, 'SlowDown'), { times: chance.between(2, 6) });
      return 'SlowDown for all';
  }
}
