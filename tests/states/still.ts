// The same date in every run, for the page and for the service: trees and pictures show it.
import type { Page } from '@playwright/test';
import type { Control } from '../support/control.mjs';

declare global {
  interface Window {
    freeze(): void;
  }
}

/** When everything here happens: a test takes less than the minute that is shown. */
export const NOW = Date.UTC(2026, 2, 12, 11, 20);
const MINUTE = 60_000;

/**
 * Pages opened from now on live at `NOW`, and time goes on from there. `freeze` stops the clock they measure
 * speeds by; under `driveTime`, opened after this, only what is passed counts then.
 */
export async function standStill(page: Page) {
  await page.addInitScript(shift, NOW);
  return { freeze: () => page.evaluate(() => window.freeze()) };
}

/** Sets the service's clock: what is put there next is so many minutes old. */
export async function minutesAgo(control: Control, minutes: number) {
  const { now } = await control.state();
  return control.advance(NOW - minutes * MINUTE - now);
}

/** Runs in the page before its scripts. */
function shift(to: number) {
  const [Real, measure] = [Date, performance.now.bind(performance)];
  const now = Real.now.bind(Real);
  const ahead = to - now();
  Real.now = () => now() + ahead;
  Date = new Proxy(Real, {
    construct: (_, args, target) => Reflect.construct(Real, args.length ? args : [Real.now()], target),
  });
  let frozen: number | null = null;
  performance.now = () => frozen ?? measure();
  window.freeze = () => (frozen = measure());
}
