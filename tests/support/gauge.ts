// What a page holds: nodes, listeners and objects that outlive a collection, memory of the wasm module, and
// what is still running.
import type { CDPSession, Page } from '@playwright/test';

declare global {
  interface Window {
    running(): Running;
    wasmBytes(): number;
  }
}

/** Of this page's own scripts; what tests do from outside is not among it. */
export interface Running {
  timers: number;
  requests: number;
}

/** Counts after a collection. */
export interface Reading {
  nodes: number;
  listeners: number;
  /** List rows, on the page or detached. */
  rows: number;
  uploads: number;
  files: number;
  heapBytes: number;
  wasmBytes: number;
}

/** The classes whose living objects are counted. */
const COUNTED = { rows: 'HTMLLIElement', uploads: 'XMLHttpRequest', files: 'File' } as const;

/** Watches pages opened from now on. */
export async function watchPage(page: Page) {
  await page.addInitScript(watch);
}

export class Gauge {
  #session;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async on(page: Page): Promise<Gauge> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return new Gauge(session);
  }

  async read(): Promise<Reading> {
    // What a finalizer lets go of is collected by the next round.
    for (let round = 0; round < 3; round += 1) await this.#session.send('HeapProfiler.collectGarbage');
    const counted: Record<string, number> = {};
    for (const [what, name] of Object.entries(COUNTED)) counted[what] = await this.#alive(name);
    const metrics = await this.metrics();
    return {
      nodes: metrics.Nodes ?? NaN,
      listeners: metrics.JSEventListeners ?? NaN,
      rows: counted.rows ?? NaN,
      uploads: counted.uploads ?? NaN,
      files: counted.files ?? NaN,
      heapBytes: metrics.JSHeapUsedSize ?? NaN,
      wasmBytes: (await this.#evaluate('wasmBytes()', true)).value as number,
    };
  }

  /** Chromium's own numbers by name. */
  async metrics(): Promise<Record<string, number>> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  async #alive(name: string): Promise<number> {
    const { objectId } = await this.#evaluate(`${name}.prototype`);
    const { objects } = await this.#session.send('Runtime.queryObjects', {
      prototypeObjectId: objectId ?? '',
      objectGroup: 'counted',
    });
    const { result } = await this.#session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    });
    await this.#session.send('Runtime.releaseObjectGroup', { objectGroup: 'counted' });
    return result.value as number;
  }

  async #evaluate(expression: string, returnByValue = false) {
    const { result } = await this.#session.send('Runtime.evaluate', {
      expression,
      returnByValue,
      objectGroup: 'counted',
    });
    return result;
  }
}

/** Runs in the page before its scripts. */
function watch() {
  const memories = new Set<WebAssembly.Memory>();
  const { instantiate, instantiateStreaming } = WebAssembly;
  const keep = <T>(made: T): T => {
    const instance = made instanceof WebAssembly.Instance ? made : (made as WebAssembly.WebAssemblyInstantiatedSource).instance;
    for (const value of Object.values(instance.exports)) {
      if (value instanceof WebAssembly.Memory) memories.add(value);
    }
    return made;
  };
  WebAssembly.instantiate = (async (...args: Parameters<typeof instantiate>) =>
    keep(await instantiate(...args))) as typeof instantiate;
  WebAssembly.instantiateStreaming = async (...args) => keep(await instantiateStreaming(...args));
  window.wasmBytes = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);

  const timers = new Set<number>();
  let requests = 0;
  const { setTimeout: later, clearTimeout: never, setInterval: often, clearInterval: stop, fetch: fetching } = window;
  const { send } = XMLHttpRequest.prototype;
  Object.assign(window, {
    setTimeout: (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
      const id = later(() => {
        timers.delete(id);
        run(...args);
      }, ms);
      timers.add(id);
      return id;
    },
    clearTimeout: (id: number) => {
      timers.delete(id);
      never(id);
    },
    setInterval: (run: () => void, ms?: number) => {
      const id = often(run, ms);
      timers.add(id);
      return id;
    },
    clearInterval: (id: number) => {
      timers.delete(id);
      stop(id);
    },
    fetch: (...args: Parameters<typeof fetch>) => {
      requests += 1;
      return fetching(...args).finally(() => (requests -= 1));
    },
  });
  XMLHttpRequest.prototype.send = function (...args) {
    requests += 1;
    this.addEventListener('loadend', () => (requests -= 1), { once: true });
    send.apply(this, args);
  };
  window.running = () => ({ timers: timers.size, requests });
}
