// The widget's events as a host hears them: kept on the page, read by tests.
import type { Page } from '@playwright/test';

export interface Heard {
  type: string;
  name: string | null;
  phase: string | null;
  previousPhase: string | null;
  percent: number | null;
  allApproved: boolean | null;
}

declare global {
  interface Window {
    heard: Heard[];
  }
}

/** Runs in the page before its scripts. The events bubble and cross shadow roots, so the document hears all. */
export function recordEvents() {
  const types = [
    'file-added',
    'file-invalid',
    'upload-start',
    'upload-progress',
    'upload-stalled',
    'upload-retry',
    'upload-complete',
    'upload-error',
    'status-change',
    'file-approved',
    'file-rejected',
    'file-failed',
    'file-deleted',
    'queue-idle',
    'limits-change',
    'approval-change',
  ];
  window.heard = [];
  for (const type of types) {
    document.addEventListener(type, (event) => {
      const detail = (event as CustomEvent).detail ?? {};
      const { name = null, phase = null, previousPhase = null, percent = null, allApproved = null } = detail;
      window.heard.push({ type, name, phase, previousPhase, percent, allApproved });
    });
  }
}

/** All events so far, or those of one type. */
export async function heard(page: Page, type?: string): Promise<Heard[]> {
  const all = await page.evaluate(() => window.heard);
  return type ? all.filter((event) => event.type === type) : all;
}

/** The phases one file went through, in order. */
export async function phases(page: Page, name: string): Promise<string[]> {
  const changes = (await heard(page, 'status-change')).filter((event) => event.name === name);
  return changes.map((event) => event.phase ?? '');
}
