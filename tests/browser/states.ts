// One widget with a row in every state that a person can meet.
import type { Control } from '../support/control.mjs';
import type { Place } from '../support/programs.mjs';
import { expect, test } from './bench.ts';
import { MIB, onDisk } from './files.ts';
import { seed } from './seed.ts';
import type { Widget } from './widget.ts';

/** Longer than a test, shorter than the life of an upload URL. */
const LONG = 120_000;

interface Parts {
  open(opening?: { query?: Record<string, string> }): Promise<Widget>;
  control: Control;
  place: Place;
}

/** Brings the rows about and leaves them standing. Needs `REFUSED_REQUEST` among the expected complaints. */
export async function everyState({ open, control, place }: Parts): Promise<Widget> {
  await control.set({ rateLimited: false });
  await seed(place, 'ready.pdf', 'x'.repeat(40_000));
  await seed(place, 'virus.docx');
  await seed(place, 'scan-fails.png');
  // The verdicts so far are given before the scanner falls silent.
  await control.state();
  await control.set({ scannerSilent: true });
  await seed(place, 'being checked.xlsx');
  const wrong = { kind: 'status', status: 403, code: 'SignatureDoesNotMatch' } as const;
  const denied = { kind: 'status', status: 403, code: 'AccessDenied' } as const;
  await control.fault('PutObject', wrong, { fileName: 'signature' });
  await control.fault('PutObject', denied, { fileName: 'denied' });
  await control.fault('PutObject', { kind: 'delay', ms: LONG }, { fileName: 'canceled' });
  await control.fault('PutObject', { kind: 'stall', afterBytes: 300_000 }, { fileName: 'sending' });
  await control.fault('StartAttachedFileUpload', { kind: 'delay', ms: LONG }, { fileName: 'starting' });
  const gone = await open();
  // What a page that crashed leaves behind.
  await gone.page.evaluate(
    (record) => localStorage.setItem('connect-attached-files:gone:1', JSON.stringify(record)),
    {
      instanceId: place.instanceId,
      resource: place.caseArn,
      name: 'left behind.pptx',
      size: 4_000_000,
      fileId: 'a1b2c3d4',
      isSent: false,
      at: Date.now(),
    },
  );
  const widget = await open();
  await widget.reaches('left behind.pptx', 'error');
  await widget.pick({ name: 'run.exe', content: '' });
  await widget.reaches('run.exe', 'invalid');
  await widget.pick({ name: 'wrong signature.txt', content: 'x' });
  await widget.reaches('wrong signature.txt', 'error');
  await widget.pick({ name: 'denied by the bucket.txt', content: 'x' });
  await widget.reaches('denied by the bucket.txt', 'error');
  await widget.pick({ name: 'canceled.txt', content: 'x' });
  await widget.reaches('canceled.txt', 'uploading');
  await widget.button('Cancel', 'canceled.txt').click();
  await widget.reaches('canceled.txt', 'canceled');
  const long = 'sending a film with quite a long name that has to be shortened somewhere.mov';
  const film = test.info().outputPath(long);
  onDisk(film, 16 * MIB);
  await widget.pick(film);
  await widget.pick({ name: 'starting.wav', content: 'x' });
  await widget.reaches('starting.wav', 'starting');
  await widget.pick({ name: 'held up.csv', content: 'x' });
  await widget.reaches('held up.csv', 'scanning');
  await expect(widget.rows).toHaveCount(12);
  return widget;
}
