// Long outages lose nothing: the backend dies and comes back, the network is away for longer than a URL lives.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Control } from '../support/control.mjs';
import { start, type Place } from '../support/programs.mjs';
import { REFUSED_REQUEST, expect, test } from './bench.ts';
import { MIB, bytes, onDisk, sha256 } from './files.ts';
import { driveTime, passForBoth } from './time.ts';
import type { Widget } from './widget.ts';

const BROKEN = /ERR_|net::|CORS policy/;
/** Longer than a test, shorter than the life of an upload URL. */
const LONG = 120_000;
const TOKEN = 'a-secret-of-the-tests-that-is-long-enough';

/** A gateway in AWS mode before an emulator of its own, so that it can die alone. */
async function gateway(emulator: Place, origin: string, folder: string) {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'gateway.toml');
  writeFileSync(
    config,
    `allowed_origins = ["${origin}"]
[aws]
region = "${emulator.region}"
account = "${emulator.accountId}"
connect_endpoint = "${emulator.connect}"
cases_endpoint = "${emulator.connect}"
[auth]
kind = "bearer"
token_env = "GATEWAY_TOKEN"
[policy]
instances = ["${emulator.instanceId}"]
resources = ["${emulator.caseArn}"]
`,
  );
  const env = {
    AWS_ACCESS_KEY_ID: emulator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: emulator.secretAccessKey,
    GATEWAY_TOKEN: TOKEN,
  };
  return (port: string) => start('backend', ['--aws', '--config', config, '--port', port, '--json'], env);
}

test('a backend that is killed and comes back a minute later loses nothing', async ({
  goto,
  origin,
  page,
  expected,
}, info) => {
  test.slow();
  expected.push(REFUSED_REQUEST, BROKEN);
  const emulator = await start('emulator', ['--port', '0', '--json', '--lifted']);
  const control = new Control(emulator.said.control);
  await control.set({ scanDelayMs: 0 });
  // Four get through, three are on their way when it happens.
  await control.fault('PutObject', { kind: 'delay', ms: LONG }, { times: 3, after: 4 });
  const up = await gateway(emulator.said, origin, info.outputDir);
  let backend = await up('0');
  const { endpoint } = backend.said;
  const time = await driveTime(page);
  const widget = await goto({ query: { endpoint, bearer: TOKEN } });
  await widget.ready();
  const made = Array.from({ length: 20 }, (_, at) => ({ name: `${at}.pdf`, content: bytes(40_000, at + 1) }));
  await widget.pick(...made);
  await expect.poll(() => phases(widget)).toEqual({ approved: 4, uploading: 3, queued: 13 });
  await backend.kill();
  await control.advance(LONG);

  await time.pass(60_000, { step: 1_000 });
  const away = await widget.items();
  expect(away, 'every row is there').toHaveLength(20);
  for (const item of away.filter((item) => item.phase === 'error')) {
    expect(item.error).toMatchObject({ code: 'backend_unreachable', retryable: true });
  }

  backend = await up(new URL(endpoint).port);
  for (const item of away.filter((item) => item.phase === 'error')) {
    await widget.button('Try again', item.name).click();
  }
  await expect
    .poll(
      async () => {
        await time.pass(5_000);
        return phases(widget);
      },
      { timeout: 30_000 },
    )
    .toEqual({ approved: 20 });
  const stored = (await control.objects()).map((object) => object.sha256).sort();
  expect(stored, 'each file is there once').toEqual(made.map((file) => sha256(file.content)).sort());
  await Promise.all([backend.end(), emulator.end()]);
});

test('offline for two minutes beyond the life of the URLs loses nothing', async ({
  open,
  control,
  context,
  page,
  expected,
}, info) => {
  test.slow();
  expected.push(REFUSED_REQUEST, BROKEN);
  await control.set({ rateLimited: false, s3BytesPerSecond: MIB });
  const time = await driveTime(page);
  const widget = await open();
  const names = Array.from({ length: 8 }, (_, at) => `${at}.pdf`);
  const hashes = names.map((name) => onDisk(info.outputPath(name), 4 * MIB));
  await widget.pick(...names.map((name) => info.outputPath(name)));
  await expect.poll(async () => (await widget.items()).filter((item) => item.sent > 0).length).toBe(3);
  await context.setOffline(true);
  await control.link(false);
  await passForBoth(time, control, 300_000 + 120_000, 10_000);
  expect(await widget.items(), 'every row is there').toHaveLength(8);
  expect((await phases(widget)).error ?? 0, 'nothing is given up while offline').toBe(0);
  await control.set({ s3BytesPerSecond: null });
  await control.link(true);
  await context.setOffline(false);
  await expect
    .poll(
      async () => {
        await time.pass(2_000);
        return phases(widget);
      },
      { timeout: 60_000 },
    )
    .toEqual({ approved: 8 });
  const stored = (await control.objects()).map((object) => object.sha256).sort();
  expect(stored).toEqual(hashes.sort());
  const refused = (await control.requests('PutObject')).filter((request) => request.error === 'AccessDenied');
  expect(refused, 'no PUT to a dead URL').toEqual([]);
  await expect
    .poll(async () => {
      await time.pass(5_000);
      return (await control.files()).length;
    }, 'the records of the dead URLs are cleared away')
    .toBe(8);
});

/** How many rows are in which phase. */
async function phases(widget: Widget): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { phase } of await widget.items()) counts[phase] = (counts[phase] ?? 0) + 1;
  return counts;
}
