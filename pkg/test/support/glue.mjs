// Stands in for the generated glue: notes what it is told and does what a test asks of it.

/** What a test sets and reads. */
export const stub = {
  /** Modules handed to the start, one for each try. */
  started: [],
  /** Called on each start; may throw or wait. */
  onStart: async () => {},
  /** Calls to widgets in order: `[name, ...arguments]`. */
  calls: [],
  /** Called by `mount`; may throw. */
  onMount: () => {},
  /** The event callback of the latest widget. */
  tell: undefined,
  /** The header source of the latest widget. */
  headers: undefined,
  /** The extras of the latest widget. */
  extras: undefined,
  /** Latest configuration. */
  config: undefined,
  /** What `addFiles` came with besides the files: `[source, tags]`. */
  added: [],
  /** What `mount` and `setWords` were told, in order. */
  words: [],
  /** What `fetch` answers. */
  onFetch: async () => new Blob(),
};

export default async function start({ module_or_path }) {
  stub.started.push(module_or_path);
  await stub.onStart(module_or_path);
}

export function mount(root, config, getHeaders, onEvent, extras, texts, tag) {
  stub.calls.push(["mount", config.resource]);
  stub.onMount(root, config);
  stub.tell = onEvent;
  stub.headers = getHeaders;
  stub.extras = extras;
  stub.config = config;
  stub.words.push([texts, tag]);
  const note = (name) => (...given) => void stub.calls.push([name, ...given]);
  return {
    configure: (config) => {
      stub.config = config;
      stub.calls.push(["configure", config.resource]);
    },
    addFiles: (files, folders, source, tags) => {
      stub.added.push([source, tags]);
      const names = files.map((file) => (folders.includes(file) ? `${file.name}/` : file.name));
      stub.calls.push(["addFiles", ...names]);
    },
    act: (...given) => void stub.calls.push(given),
    rename: note("rename"),
    fetch: (id) => stub.onFetch(id),
    setWords: (texts, tag) => void stub.words.push([texts, tag]),
    free: note("free"),
    items: () => [],
    limits: () => null,
  };
}
