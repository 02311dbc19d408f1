// What a state is: a name, how a widget comes into it, and what Chromium says about it.
import type { BrowserContext, Page } from '@playwright/test';
import type { Control } from '../support/control.mjs';
import type { Place } from '../support/programs.mjs';
import type { Widget } from '../browser/widget.ts';

type Open = (opening?: { page?: string; query?: Record<string, string> }) => Promise<Widget>;

/** What a state is made with. */
export interface Parts {
  open: Open;
  goto: Open;
  control: Control;
  place: Place;
  page: Page;
  context: BrowserContext;
}

export interface State {
  /** Also the name of its tree under `trees/` and of its pictures. */
  name: string;
  bring(parts: Parts): Promise<Widget>;
  /** Console messages of the browser itself that belong to the state. */
  expected?: RegExp[];
  /** Taken as high as the window: a dialog belongs to the window, and a thousand rows are no picture. */
  windowOnly?: boolean;
  /** Left out where the whole tree would only repeat itself. */
  noTree?: boolean;
}

/** Longer than a test, shorter than the life of an upload URL. */
export const LONG = 120_000;
