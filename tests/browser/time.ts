// Time of the page that a test can drive. Playwright's own clock hands out timer numbers beyond 32 bits,
// which WebAssembly cannot hold, so its timers could not be cleared.
import type { Page } from '@playwright/test';
import type { Control } from '../support/control.mjs';

/** Between the yes to a delete and the call, in which it can be taken back. */
export const UNDO_MS = 5_000;

declare global {
  interface Window {
    passTime(ms: number, step: number, stuck: number): Promise<void>;
  }
}

/**
 * Makes the time of pages opened from now on drivable; it also goes on by itself. `pass` lets time pass
 * in steps, and waits at each of them until all requests but the `stuck` ones have been answered.
 */
export async function driveTime(page: Page) {
  await page.addInitScript(replaceTime);
  return {
    pass: (ms: number, { step = 500, stuck = 0 } = {}) =>
      page.evaluate(([ms, step, stuck]) => window.passTime(ms, step, stuck), [ms, step, stuck] as const),
  };
}

export type Time = Awaited<ReturnType<typeof driveTime>>;

/** Lets time pass for page and service alike. */
export async function passForBoth(time: Time, control: Control, ms: number, step: number) {
  for (let passed = 0; passed < ms; passed += step) {
    await control.advance(step);
    await time.pass(step, { step });
  }
}

/** Runs in the page before its scripts. */
export function replaceTime() {
  const now = performance.now.bind(performance);
  const [dateNow, later, send, fetching] = [Date.now, window.setTimeout, XMLHttpRequest.prototype.send, fetch];
  let [ahead, last, underWay] = [0, 0, 0];
  const waiting = new Map<number, { at: number; run: () => void }>();

  performance.now = () => now() + ahead;
  Date.now = () => dateNow() + ahead;
  Object.assign(window, {
    setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      last += 1;
      waiting.set(last, { at: performance.now() + ms, run: () => run(...args) });
      later(runDue, ms);
      return last;
    },
    clearTimeout: (id: number) => waiting.delete(id),
  });

  function runDue() {
    for (;;) {
      const due = [...waiting].filter(([, timer]) => timer.at <= performance.now());
      const [first] = due.sort(([, a], [, b]) => a.at - b.at);
      if (!first) return;
      waiting.delete(first[0]);
      first[1].run();
    }
  }

  window.fetch = (...args) => {
    underWay += 1;
    return fetching(...args).finally(() => (underWay -= 1));
  };
  XMLHttpRequest.prototype.send = function (...args) {
    underWay += 1;
    this.addEventListener('loadend', () => (underWay -= 1));
    send.apply(this, args);
  };
  const turn = () => new Promise((resolve) => later(resolve, 1));
  window.passTime = async (ms, step, stuck) => {
    for (let passed = 0; passed < ms; passed += step) {
      ahead += Math.min(step, ms - passed);
      runDue();
      do await turn();
      while (underWay > stuck);
    }
  };
}
