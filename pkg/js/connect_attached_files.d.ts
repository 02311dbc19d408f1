// What pkg/src exports, for the type check of the scripts beside; the generated glue has no types of its own.
import type { Item, Limits } from "./types.js";

/** Settings of one widget. An empty resource means that there is no case at the moment. */
export interface WidgetConfig {
  endpoint: string;
  instanceId: string;
  resource: string;
  maxFiles?: number | undefined;
  concurrency?: number | undefined;
  checksumTag?: string | undefined;
}

/** Handle of a mounted widget. Methods throw plain objects `{ code, message }`. */
export interface Widget {
  configure(config: WidgetConfig): void;
  addFiles(files: File[]): void;
  open(): void;
  pause(id: number | undefined): void;
  resume(id: number | undefined): void;
  cancel(id: number | undefined): void;
  retry(id: number | undefined): void;
  remove(id: number): void;
  delete(id: number): void;
  download(id: number): void;
  refresh(): void;
  items(): Item[];
  limits(): Limits;
  /** Unmounts the widget, stops what is under way and gives its memory back. */
  free(): void;
}

/** Compiles and starts the module. */
export default function init(options: { module_or_path: Response | BufferSource | WebAssembly.Module }): Promise<unknown>;

/**
 * Draws a widget into `root`. `onEvent` is called with the name and the detail of each event of the
 * element. One more stays within the package: `row-gone` `{ id }` when a row left the list.
 */
export function mount(
  root: ShadowRoot | HTMLElement,
  config: WidgetConfig,
  getHeaders: (() => unknown) | undefined,
  onEvent: (type: string, detail: unknown) => void,
): Widget;
