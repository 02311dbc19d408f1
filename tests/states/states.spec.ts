// Every state a person can meet: no violation for axe, the tree a screen reader gets, pictures in every mode.
import { expect, test } from '../browser/bench.ts';
import { before } from './before.ts';
import { errors } from './errors.ts';
import { axe, inEveryMode } from './examine.ts';
import { later } from './later.ts';
import { midway } from './midway.ts';
import { panel } from './panel.ts';
import { rows } from './rows.ts';
import { minutesAgo, standStill } from './still.ts';
import { compareTree } from './tree.ts';
import { whole } from './whole.ts';

test.use({ viewport: { width: 800, height: 400 } });

for (const state of [...panel, ...before, ...rows, ...whole, ...errors, ...midway, ...later]) {
  test(state.name, async ({ open, goto, control, place, page, context, expected }) => {
    expected.push(...(state.expected ?? []));
    await standStill(page);
    await minutesAgo(control, 0);
    const widget = await state.bring({ open, goto, control, place, page, context });
    if (!state.noTree) await compareTree(widget, state.name);
    expect(await axe(page)).toEqual([]);
    await inEveryMode(widget, state.name, state.windowOnly);
  });
}
