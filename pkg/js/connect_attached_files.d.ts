// What pkg/src exports, for the type check of the scripts beside; the generated glue has no types of its own.
import type { AddSource, Item, Limits } from "./types.js";

/** Settings of one widget. An empty resource means that there is no case at the moment. */
export interface WidgetConfig {
  endpoint: string;
  instanceId: string;
  resource: string;
  maxFiles?: number | undefined;
  concurrency?: number | undefined;
  checksumTag?: string | undefined;
  maxTotalBytes?: number | undefined;
  /** Of the file picker, as in HTML; an empty text leaves the camera to the device. */
  capture?: string | undefined;
  duplicates: "allow" | "skip" | "rename";
  density: "comfortable" | "dense";
  manualStart: boolean;
  readOnly: boolean;
  disabled: boolean;
  /** Of the files that are picked in the widget from now on. */
  tags: Record<string, string>;
}

/**
 * What the widget can do beyond its own module; read each time it is needed. What is missing is not
 * offered.
 */
export interface Extras {
  /** Opens dropped folders; both lists as the drop gave them. `folders`: as for `Widget.addFiles`. */
  readonly unfold?:
    | ((
        entries: readonly (FileSystemEntry | null)[],
        files: readonly (File | null)[],
      ) => Promise<{ files: File[]; folders: File[] }>)
    | undefined;
  /** The extension of what a file is, when that contradicts its name. */
  readonly sniff?: ((file: File) => Promise<string | null>) | undefined;
  /** Draws a local image into a canvas; false when it cannot. */
  readonly thumbnail?: ((file: File, canvas: HTMLCanvasElement) => Promise<boolean>) | undefined;
  /** Asks the host about files, one after the other: for each another one, why not, or null for yes. */
  readonly beforeAdd?: ((files: readonly File[], source: AddSource) => Promise<(File | string | null)[]>) | undefined;
  /** Puts a text field in place of a row's name; null when the old one stays. */
  readonly rename?: ((row: HTMLElement, name: string, label: string) => Promise<string | null>) | undefined;
  /** A claim to records of uploads under way; none where the browser has no storage or no locks for the page. */
  readonly claim?: (() => Promise<object | undefined>) | undefined;
  /** Puts text on the clipboard; false when the browser does not allow it. */
  readonly copy?: ((text: string) => Promise<boolean>) | undefined;
  /** SHA-256 in hexadecimal; null when the file cannot be read, undefined where the page makes no checksums. */
  readonly sha256?: ((blob: Blob) => Promise<string | null | undefined>) | undefined;
  /** Asks the host for the name of a user. */
  readonly resolveUser?: ((arn: string) => Promise<string | null>) | undefined;
  /**
   * Shows a file in a dialog below `root` until it is closed; tells what was asked for in it.
   * labels: close, download, cannot be shown, loading, could not be fetched.
   */
  readonly preview?:
    | ((
        root: Node,
        name: string,
        fetch: () => Promise<Blob>,
        labels: readonly string[],
      ) => Promise<"download" | undefined>)
    | undefined;
  /**
   * Saves files as one zip. labels: its name, the sentence over the names of those that are missing in it.
   * Rejects with the code `too_large` when they have to be saved one by one.
   */
  readonly archive?:
    | ((
        names: readonly string[],
        fetch: (index: number) => Promise<Blob>,
        labels: readonly string[],
        totalBytes?: number,
      ) => Promise<void>)
    | undefined;
}

/** What a widget can be told to do. */
export type Action =
  | "open"
  | "refresh"
  | "upload"
  | "downloadAll"
  | "preview"
  | "pause"
  | "resume"
  | "cancel"
  | "retry"
  | "remove"
  | "delete"
  | "download";

/** Handle of a mounted widget. Methods throw plain objects `{ code, message }`. */
export interface Widget {
  configure(config: WidgetConfig): void;
  /** `folders`: those among the files that stand for a dropped folder. */
  addFiles(files: File[], folders: File[], source: AddSource, tags: Record<string, string>): void;
  /** `texts`: all texts in the order of the keys; `tag` for dates, numbers and plurals. */
  setWords(texts: string[], tag: string): void;
  /** Does something with one row, with all that it applies to, or with the widget. */
  act(what: Action, id?: number): void;
  rename(id: number, name: string): void;
  fetch(id: number): Promise<Blob>;
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
  extras: Extras,
  texts: string[],
  tag: string,
): Widget;
