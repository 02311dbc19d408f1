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
};

export default async function start({ module_or_path }) {
  stub.started.push(module_or_path);
  await stub.onStart(module_or_path);
}

export function mount(root, config, getHeaders, onEvent) {
  stub.calls.push(["mount", config.resource]);
  stub.onMount(root, config);
  stub.tell = onEvent;
  stub.headers = getHeaders;
  const note = (name) => (...given) => void stub.calls.push([name, ...given]);
  return {
    configure: (config) => void stub.calls.push(["configure", config.resource]),
    addFiles: (files) => void stub.calls.push(["addFiles", ...files.map((file) => file.name)]),
    pause: note("pause"),
    remove: note("remove"),
    free: note("free"),
    items: () => [],
    limits: () => null,
  };
}
