// Every state a person can meet: no violation for axe, the tree a screen reader gets, pictures in every mode.
import { existsSync } from 'node:fs';
import { expect, test } from '../browser/bench.ts';
import type { Widget } from '../browser/widget.ts';
import { errors } from './errors.ts';
import { axe, inEveryMode } from './examine.ts';
import { panel } from './panel.ts';
import { rows } from './rows.ts';

test.use({ viewport: { width: 800, height: 800 } });

const renews = Boolean(process.env.RENEW_TREES);

async function tree({ host }: Widget, name: string) {
  const kept = test.info().snapshotPath(name, { kind: 'aria' });
  // A tree that is missing would match everything.
  if (!renews) expect(existsSync(kept), `${kept}: RENEW_TREES=1 cargo xtask test states writes it`).toBe(true);
  await expect(host).toMatchAriaSnapshot({ name, ...(renews && { timeout: 300 }) });
}

for (const state of [...panel, ...rows, ...errors]) {
  test(state.name, async ({ open, goto, control, place, page, context, expected }) => {
    expected.push(...(state.expected ?? []));
    const widget = await state.bring({ open, goto, control, place, page, context });
    if (!state.noTree) await tree(widget, `${state.name.replaceAll(' ', '-')}.yml`);
    expect(await axe(page)).toEqual([]);
    await inEveryMode(widget, state.name, state.windowOnly);
  });
}
