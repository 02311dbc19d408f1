// Uploads in a spot that several tests begin from: a PUT that stands still, one that waits to be tried again.
import type { Control } from '../support/control.mjs';
import { expect, test } from './bench.ts';
import { MIB, onDisk } from './files.ts';
import type { Time } from './time.ts';
import type { Widget } from './widget.ts';

/** Sends a large file that stands still on its way, and waits until the widget says so. Gives its hash. */
export async function standStill(widget: Widget, control: Control, time: Time, name: string): Promise<string> {
  const path = test.info().outputPath(name);
  const hash = onDisk(path, 16 * MIB);
  await control.set({ s3IdleTimeoutMs: 3_600_000 });
  // The more a server has read, the more the system takes in for it: one that read a megabyte has been seen to
  // get the whole file.
  await control.fault('PutObject', { kind: 'stall', afterBytes: 1 });
  await widget.pick(path);
  await expect.poll(async () => (await widget.item(name))?.sent ?? 0).toBeGreaterThan(0);
  // What fits into the system's buffers moves first, so it may take a few rounds to stand still.
  await expect(async () => {
    const sent = (await widget.item(name))?.sent;
    await time.pass(7_000, { step: 7_000, stuck: 1 });
    expect(await widget.item(name)).toMatchObject({ stalled: true, sent });
  }).toPass();
  await expect(widget.row(name)).toContainText('No data is moving at the moment');
  return hash;
}

/** Sends a file whose PUT is refused for now, and waits until it waits. */
export async function waitForRetry(widget: Widget, control: Control, name: string) {
  // Pauses are drawn by lot: several refusals, so that one of them is still waited out at a leap of time.
  await control.fault('PutObject', { kind: 'status', status: 503, code: 'SlowDown' }, { times: 4 });
  await widget.pick({ name, content: 'x' });
  await expect(widget.row(name)).toContainText('Waiting to try again');
}
