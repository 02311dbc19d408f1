/** Where a file stands. */
export type ItemPhase =
  /** Refused by a rule before anything was sent; see `refusals`. */
  | "invalid"
  /** Waits for its turn. */
  | "queued"
  /** Is read for its checksum; only with `checksum-tag`. */
  | "hashing"
  /** Asks for an upload URL. */
  | "starting"
  /** Bytes are on their way to S3. */
  | "uploading"
  /** Tells Connect that the bytes are there. */
  | "completing"
  /** Sent; waits for the scanner's verdict. */
  | "scanning"
  /** Verdict: approved. Only now can it be downloaded. */
  | "approved"
  /** Verdict: rejected. */
  | "rejected"
  /** Connect could not process it. */
  | "failed"
  /** A step of the upload failed for good; see `error`. */
  | "error"
  /** Stopped by the user. */
  | "canceled"
  /** Is being deleted. */
  | "deleting"
  /** Gone. */
  | "deleted";

/** Why a file that could go on does not. */
export type ItemHold =
  | "none"
  | "paused"
  /** Waits for `upload()`; only with `manual-start`. */
  | "manual"
  | "offline"
  /** Waits before trying again. */
  | "backoff"
  /** Waits because Amazon Connect asked for it. */
  | "throttled"
  /** Gets a new URL, the old one ran out. */
  | "url_expired";

/** The step at which something failed. */
export type ItemErrorStage = "limits" | "list" | "checksum" | "start" | "put" | "complete" | "watch" | "download" | "delete";

/** Why something failed; the table in the README explains each. */
export type ItemErrorCode =
  | "unauthenticated"
  | "access_denied"
  | "invalid_file_size"
  | "invalid_file_type"
  | "invalid_file_name"
  | "invalid_request"
  | "not_found"
  | "conflict"
  | "total_file_size_exceeded"
  | "total_file_count_exceeded"
  | "quota_exceeded"
  | "throttled"
  | "service_error"
  | "backend_unreachable"
  | "unexpected_answer"
  | "url_expired"
  | "signature_mismatch"
  | "headers_not_signed"
  | "storage_denied"
  | "storage_refused"
  | "storage_error"
  | "bucket_unreachable"
  | "network_lost"
  | "file_unreadable"
  | "interrupted"
  | "not_received"
  | "upload_expired"
  | "not_approved"
  | "download_incomplete"
  | "download_changed"
  | "save_blocked";

/** What is known of a failed step. Holds no URL, no header and no file content. */
export interface ItemError {
  readonly stage: ItemErrorStage;
  readonly code: ItemErrorCode;
  /** Whether `retry(id)` may help. */
  readonly retryable: boolean;
  /** HTTP status, when there was an answer. */
  readonly status: number | null;
  /** The service's own word: an exception name or an S3 error code. */
  readonly serviceCode: string | null;
  /** For AWS support. */
  readonly requestId: string | null;
}

/** A rule that a file breaks, with the value of the rule. */
export type Refusal =
  | { readonly rule: "folder" }
  | { readonly rule: "empty" }
  | { readonly rule: "too-large"; readonly maxBytes: number }
  | { readonly rule: "extension"; readonly extension: string }
  | { readonly rule: "no-extension" }
  | { readonly rule: "too-many"; readonly maxFiles: number }
  /** All files of the case together would be larger than `max-total-bytes`. */
  | { readonly rule: "total-size"; readonly maxBytes: number }
  /** The case has a file of this name and size; only with `duplicates="skip"`. */
  | { readonly rule: "duplicate" }
  /** `beforeAdd` said no, with these words. */
  | { readonly rule: "host"; readonly message: string };

/** Something about a file that its user should know; it does not stop it. */
export type Warning =
  /** The case has a file of this name. */
  | { readonly kind: "duplicate" }
  /** The name hides that of a program, as in `invoice.exe.pdf`. */
  | { readonly kind: "double-extension" }
  /** The content looks like that of another type; `found` is its extension. */
  | { readonly kind: "content"; readonly found: string };

/** How files came in. */
export type AddSource = "picker" | "drop" | "paste" | "api";

/** One row of the list, as it was at the moment of asking. */
export interface Item {
  /** Number of the row, unique within the element. */
  readonly id: number;
  readonly name: string;
  /** The name as it was picked, when it had to be cleaned or was changed since. */
  readonly originalName: string | null;
  /** Bytes. */
  readonly size: number;
  readonly phase: ItemPhase;
  readonly hold: ItemHold;
  /** No byte has moved for five seconds. */
  readonly stalled: boolean;
  /** ARN of the case or contact the file belongs to, for good. */
  readonly resource: string;
  /** Connect's id of the file, once it has one. */
  readonly fileId: string | null;
  /** When Connect made the record, ISO 8601. */
  readonly createdAt: string | null;
  /** ARN of who made it. */
  readonly createdBy: string | null;
  /** Bytes handed to the network in this attempt. */
  readonly sent: number;
  /** 0 to 100, of this attempt. */
  readonly percent: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
  readonly error: ItemError | null;
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
  /** Picked here, as opposed to found on the case. */
  readonly isLocal: boolean;
  readonly isDownloading: boolean;
}

/** The rules in force for new files. */
export interface Limits {
  /** Largest size of one file in bytes. */
  readonly maxBytes: number;
  /** Allowed extensions, lower case, without a dot, sorted; empty means any. */
  readonly extensions: readonly string[];
  /** Most files on the case, when `max-files` says so. */
  readonly maxFiles: number | null;
  /** Most bytes of all files of the case together, when `max-total-bytes` says so. */
  readonly maxTotalBytes: number | null;
  /** Not known yet, the instance's own, or Connect's defaults because the instance's could not be read. */
  readonly source: "awaited" | "instance" | "defaults";
}

/** Headers for the calls to your backend, read anew for each call. They never go to S3. */
export type GetHeaders = () => HeadersInit | null | undefined | Promise<HeadersInit | null | undefined>;

/**
 * Called with each file before any rule: a file replaces it, a text refuses it and is shown as the reason,
 * nothing (or true) lets it pass. A hook that breaks refuses.
 */
export type BeforeAdd = (
  file: File,
  info: { readonly source: AddSource },
) => File | string | true | null | void | Promise<File | string | true | null | void>;

/** Names the user behind an ARN; nothing when there is no name. */
export type ResolveUser = (arn: string) => string | null | undefined | Promise<string | null | undefined>;

/** Custom states for CSS, as in `connect-attached-files:state(busy)`. */
export type CustomStateName =
  /** Files are on their way. */
  | "busy"
  /** Files are being dragged over the element. */
  | "dragover"
  /** The element could not load or was set wrongly, or a file ended in `error`. */
  | "error"
  /** The widget stands. */
  | "ready";

/** Events of the element by name. All bubble and cross shadow roots. */
export interface ConnectAttachedFilesEventMap {
  /** A row appeared for a picked, dropped or handed-in file. */
  "file-added": CustomEvent<Item>;
  /** A file breaks a rule; nothing was sent. */
  "file-invalid": CustomEvent<Item>;
  "upload-start": CustomEvent<Item>;
  /** At most four times a second for a file. */
  "upload-progress": CustomEvent<Item>;
  "upload-stalled": CustomEvent<Item>;
  /** A step will be repeated. */
  "upload-retry": CustomEvent<Item>;
  /** S3 has the bytes and Connect knows; this is no verdict. */
  "upload-complete": CustomEvent<Item>;
  "upload-error": CustomEvent<Item>;
  "status-change": CustomEvent<Item & { readonly previousPhase: ItemPhase }>;
  "file-approved": CustomEvent<Item>;
  "file-rejected": CustomEvent<Item>;
  "file-failed": CustomEvent<Item>;
  "file-deleted": CustomEvent<Item>;
  /** Nothing is on its way any more; verdicts may still be open. */
  "queue-idle": CustomEvent<{ readonly items: readonly Item[] }>;
  /** Whether everything attached to the case or email is approved has changed; see `allApproved`. */
  "approval-change": CustomEvent<{ readonly allApproved: boolean }>;
  "limits-change": CustomEvent<Limits>;
}

/** Codes of `AttachedFilesError`. */
export type AttachedFilesErrorCode =
  /** The WebAssembly file could not be fetched. */
  | "load_failed"
  /** The browser refused to run it, most likely because of the page's Content Security Policy. */
  | "compile_failed"
  /** The browser lacks something the widget needs. */
  | "unsupported_browser"
  /** An attribute has an unusable value. */
  | "invalid_config"
  /** A method was called with something it cannot take. */
  | "invalid_argument"
  /** No row has this id. */
  | "unknown_item"
  /** The file is not approved, or its download failed; `cause.code` is an `ItemErrorCode`. */
  | "not_fetched"
  /** A method was called before `ready`. */
  | "not_ready"
  /** The tag name belongs to another class. */
  | "name_taken"
  /** The module broke off; only a reload of the page helps. */
  | "stopped"
  /** A defect of this package. */
  | "internal";

/** The one error class of this package. */
export class AttachedFilesError extends Error {
  constructor(code: AttachedFilesErrorCode, message: string, options?: { cause?: unknown });
  readonly name: string;
  readonly code: AttachedFilesErrorCode;
}

/** Where the WebAssembly module comes from; give one. By default it lies beside the scripts. */
export interface InitOptions {
  /** Address of `connect_attached_files_bg.wasm`. */
  url?: string | URL;
  /** A fetched answer, or the promise of one. */
  response?: Response | PromiseLike<Response>;
  /** The module's bytes, or the compiled module. */
  bytes?: BufferSource | WebAssembly.Module;
}

/**
 * Loads the WebAssembly module, once for all elements. Elements call this by themselves when they
 * are put on a page; call it earlier to load ahead of time, or to say where the file is. After a
 * failure the next call tries again.
 *
 * @throws {AttachedFilesError} `load_failed`, `compile_failed`, `unsupported_browser`, `invalid_argument`, `stopped`
 */
export function init(options?: InitOptions): Promise<void>;

/**
 * Registers the element under `tag`, by default `connect-attached-files`, and returns its class.
 * Does nothing when that is done already.
 *
 * @throws {AttachedFilesError} `name_taken` when the name belongs to another class
 */
export function defineElement(tag?: string): typeof ConnectAttachedFilesElement;

/**
 * `<connect-attached-files endpoint instance-id resource>`, and attributes with defaults: see the properties.
 *
 * Works once endpoint, instance id and resource are all set. Taking it off the page for longer than
 * a microtask stops its uploads.
 */
export class ConnectAttachedFilesElement extends HTMLElement {
  static readonly observedAttributes: readonly string[];

  /** Attribute `endpoint`: base URL of the backend. */
  endpoint: string;
  /** Attribute `instance-id`: id of the Amazon Connect instance. */
  instanceId: string;
  /** Attribute `resource`: ARN of the case, or of the contact for email. Files on their way keep theirs. */
  resource: string;
  /** Attribute `max-files`: most files on the case; null leaves it to Connect. */
  get maxFiles(): number | null;
  set maxFiles(value: number | null | undefined);
  /** Attribute `concurrency`: files sent at the same time, 3 when null. */
  get concurrency(): number | null;
  set concurrency(value: number | null | undefined);
  /**
   * Attribute `checksum-tag`: key of a tag that keeps the SHA-256 of each file, compared on download;
   * none when null.
   */
  get checksumTag(): string | null;
  set checksumTag(value: string | null | undefined);
  /** Attribute `max-total-bytes`: most bytes of all files of the case together; null leaves it to Connect. */
  get maxTotalBytes(): number | null;
  set maxTotalBytes(value: number | null | undefined);
  /**
   * Attribute `duplicates`: what becomes of a file whose name the case has already. `allow` warns, `skip`
   * refuses it when the size is the same too, `rename` adds a number to the name.
   */
  get duplicates(): "allow" | "skip" | "rename";
  set duplicates(value: "allow" | "skip" | "rename" | null | undefined);
  /** Attribute `manual-start`: new files wait until `upload()` or their own button sends them. */
  get manualStart(): boolean;
  set manualStart(value: boolean | null | undefined);
  /** Attribute `readonly`: the list and downloads only; nothing is added, changed or deleted. */
  get readOnly(): boolean;
  set readOnly(value: boolean | null | undefined);
  /** Attribute `disabled`: nothing can be done. */
  get disabled(): boolean;
  set disabled(value: boolean | null | undefined);
  /** Attribute `capture` of the file picker, as in HTML: "user" or "environment" opens that camera on a phone. */
  get capture(): string | null;
  set capture(value: string | null | undefined);
  /** Attribute `density`: how much room the list takes. */
  get density(): "comfortable" | "dense";
  set density(value: "comfortable" | "dense" | null | undefined);
  /** Attribute `theme`: light, dark, or auto for the system's; null for that of the page around. */
  get theme(): string | null;
  set theme(value: "light" | "dark" | "auto" | null | undefined);
  /**
   * Attribute `locale`, such as "de" or "pt-BR". Null: the closest `lang` around the element, else the
   * browser's languages. A language without a translation is English.
   */
  get locale(): string | null;
  set locale(value: string | null | undefined);
  /** Texts that replace the widget's own, by key. */
  get strings(): Record<string, string> | null;
  set strings(value: Readonly<Record<string, string>> | null | undefined);
  /** Tags of the files added from now on; needs the right `connect:TagResource`. */
  get tags(): Record<string, string>;
  set tags(value: Readonly<Record<string, string>> | null | undefined);
  /** May refuse or replace a file. */
  get beforeAdd(): BeforeAdd | null;
  set beforeAdd(value: BeforeAdd | null | undefined);
  /** Names the users who attached files; all that Connect tells is their ARN. */
  get resolveUser(): ResolveUser | null;
  set resolveUser(value: ResolveUser | null | undefined);
  /** Called before each call to the backend. */
  get getHeaders(): GetHeaders | null;
  set getHeaders(value: GetHeaders | null | undefined);

  /** The rows as they are now, in the order shown; empty before `ready`. */
  readonly items: Item[];
  /** The rules as they are now; null before `ready`. */
  readonly limits: Limits | null;
  /**
   * Whether files were attached to the resource here and each of them is approved. An email draft may
   * be sent only then; `approval-change` tells when it changes.
   */
  readonly allApproved: boolean;
  /**
   * Settles when the widget stands, or could not be brought up; rejects with `AttachedFilesError`.
   * Each further attempt has a promise of its own.
   */
  readonly ready: Promise<void>;

  /**
   * Adds files as if the user had picked them. May be called at any time: what comes early waits.
   * `options.tags` come on top of the element's.
   *
   * @throws {AttachedFilesError} `invalid_argument`
   */
  addFiles(files: Iterable<File>, options?: { readonly tags?: Readonly<Record<string, string>> }): void;
  /** Opens the file dialog; browsers allow this only from a click or a key press. */
  open(): void;
  /** Sends what waits for it, with `manual-start`. */
  upload(): void;
  /** Gives a file that was not sent yet another name; the rules are asked anew. */
  rename(id: number, name: string): void;
  /** Holds an upload, or all. What was sent of a file is sent again later. */
  pause(id?: number): void;
  /** Goes on with a paused upload, or all. */
  resume(id?: number): void;
  /** Stops an upload, or all. */
  cancel(id?: number): void;
  /** Tries a failed or canceled upload again, or all; of an `interrupted` one it asks Connect for the status. */
  retry(id?: number): void;
  /** Takes an ended row off the list; at Connect nothing is deleted. */
  remove(id: number): void;
  /** Takes the element off the page, as with every element. */
  remove(): void;
  /** Deletes the file at Connect, for good, without asking. */
  delete(id: number): void;
  /** Downloads an approved file. */
  download(id: number): void;
  /** Saves all approved files as one zip; browsers let it be written to the disk only after a click or a key. */
  downloadAll(): void;
  /** Shows an approved file in a dialog. */
  preview(id: number): void;
  /**
   * Fetches the content of an approved file.
   *
   * @throws {AttachedFilesError} as the reason of the rejection: `not_fetched`, with the item's own code in
   *   `cause.code`
   */
  fetch(id: number): Promise<Blob>;
  /** Asks anew for the limits, the list and open verdicts. */
  refresh(): void;

  addEventListener<K extends keyof ConnectAttachedFilesEventMap>(
    type: K,
    listener: (this: ConnectAttachedFilesElement, event: ConnectAttachedFilesEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: HTMLElement, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof ConnectAttachedFilesEventMap>(
    type: K,
    listener: (this: ConnectAttachedFilesElement, event: ConnectAttachedFilesEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: HTMLElement, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "connect-attached-files": ConnectAttachedFilesElement;
  }
}
