// @ts-check
/** @import { InitOptions } from "./types.js" */
import instantiate from "./connect_attached_files.js";
import { AttachedFilesError, asError } from "./errors.js";

/** @type {Promise<void> | null} */
let loading = null;
/** Where the module comes from, kept so that a second try asks the same place.
 * @type {InitOptions} */
let source = {};
/** Set once wasm has broken off. One module serves all elements, so it ends for all of them.
 * @type {AttachedFilesError | null} */
let stopped = null;
/** @type {Set<(error: AttachedFilesError | null) => void>} */
const watchers = new Set();

/**
 * Loads the WebAssembly module, once for all callers. A failure is forgotten: the next call tries again.
 *
 * @param {InitOptions} [options] heeded by the call that begins the loading
 * @returns {Promise<void>}
 */
export function init(options) {
  if (stopped) return Promise.reject(stopped);
  if (loading) return loading;
  if (options) source = options;
  loading = load(source).catch((error) => {
    loading = null;
    throw asError(error);
  });
  loading.then(standing, () => {});
  return loading;
}

/**
 * Calls into wasm. What it throws comes out as this package's error; should wasm break off, every
 * element is told.
 *
 * @template T
 * @param {() => T} call
 * @returns {T}
 */
export function guarded(call) {
  if (stopped) throw stopped;
  try {
    return call();
  } catch (thrown) {
    throw isTrap(thrown) ? stop(thrown) : asError(thrown);
  }
}

function standing() {
  // What breaks off in a handler or a task of its own has no caller here; the page hears of it.
  globalThis.addEventListener("error", ({ error }) => heard(error));
  globalThis.addEventListener("unhandledrejection", ({ reason }) => heard(reason));
  announce(null);
}

/** @param {unknown} thrown by anything on the page, which may have other modules */
function heard(thrown) {
  if (!isTrap(thrown)) return;
  const stack = String(thrown.stack);
  // The wasm file, or this script and with it the glue that called.
  if (stack.includes("connect_attached_files") || stack.includes(import.meta.url)) stop(thrown);
}

/**
 * A panic is a trap: what the module was doing stays half done, so it must not go on.
 *
 * @param {unknown} thrown
 * @returns {thrown is WebAssembly.RuntimeError}
 */
function isTrap(thrown) {
  return thrown instanceof WebAssembly.RuntimeError;
}

/**
 * Marks the module as broken off.
 *
 * @param {unknown} cause
 * @returns {AttachedFilesError}
 */
function stop(cause) {
  if (stopped) return stopped;
  const message = "The attachment panel has stopped working. Reload the page, then check which files "
    + "have arrived.";
  const error = new AttachedFilesError("stopped", message, { cause });
  stopped = error;
  announce(error);
  return error;
}

/**
 * Calls back when the module is loaded (null) and when it breaks off.
 *
 * @param {(error: AttachedFilesError | null) => void} watcher
 * @returns {() => void} ends the watch
 */
export function watchModule(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** @param {AttachedFilesError | null} error */
function announce(error) {
  for (const watcher of [...watchers]) watcher(error);
}

/** @param {InitOptions} options */
async function load(options) {
  const { url, response, bytes } = options;
  if ([url, response, bytes].filter((given) => given !== undefined).length > 1) {
    throw new AttachedFilesError("invalid_argument", "init takes one of url, response and bytes.");
  }
  const lacks = missing();
  if (lacks.length > 0) {
    const message = `This browser is too old for the attachment panel: it lacks ${lacks.join(" and ")}.`;
    throw new AttachedFilesError("unsupported_browser", message);
  }
  // A response can be read once only; a second try must fetch.
  if (response) source = {};
  const module = bytes ?? (await fetched(response ?? url));
  try {
    await instantiate({ module_or_path: module });
  } catch (cause) {
    throw refused(cause);
  }
}

/** @param {string | URL | Response | PromiseLike<Response> | undefined} from */
async function fetched(from) {
  // The form bundlers recognise; the generated glue names the same file, so one asset is emitted.
  const place = from ?? new URL("./connect_attached_files_bg.wasm", import.meta.url);
  /** @type {Response} */
  let answer;
  try {
    answer = await (typeof place === "string" || place instanceof URL ? fetch(place) : place);
  } catch (cause) {
    throw new AttachedFilesError("load_failed", "The attachment panel could not be loaded.", { cause });
  }
  if (!answer.ok) {
    const message = `The attachment panel could not be loaded (HTTP status ${answer.status}).`;
    throw new AttachedFilesError("load_failed", message);
  }
  // A single-page app answers 200 with its page for any path it does not know.
  if (answer.headers.get("content-type")?.startsWith("text/html")) {
    const message = "The attachment panel could not be loaded: its address answers with a web page. "
      + "Serve connect_attached_files_bg.wasm beside the scripts, or name its address to init({ url }).";
    throw new AttachedFilesError("load_failed", message);
  }
  return answer;
}

/** @param {unknown} cause */
function refused(cause) {
  if (cause instanceof WebAssembly.CompileError || cause instanceof WebAssembly.LinkError) {
    const message = "The browser refused to run the attachment panel. A page with a Content Security "
      + "Policy must allow 'wasm-unsafe-eval' in script-src.";
    return new AttachedFilesError("compile_failed", message, { cause });
  }
  return new AttachedFilesError("load_failed", "The attachment panel could not be loaded.", { cause });
}

function missing() {
  const lacks = [];
  if (typeof WebAssembly !== "object") lacks.push("WebAssembly");
  if (!("adoptedStyleSheets" in Document.prototype)) lacks.push("constructable style sheets");
  return lacks;
}
