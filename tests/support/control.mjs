// The emulator's control API, as tests use it.

/** Drives one emulator. */
export class Control {
  #base;

  /** @param {string} base URL of the control listener */
  constructor(base) {
    this.#base = base;
  }

  state() {
    return this.#ask('GET', '/state');
  }

  async calls() {
    return (await this.state()).calls;
  }

  async files() {
    return (await this.state()).files;
  }

  objects() {
    return this.#ask('GET', '/objects');
  }

  staged() {
    return this.#ask('GET', '/objects?staging=true');
  }

  async requests(operation) {
    const all = await this.#ask('GET', '/requests');
    return operation ? all.filter((request) => request.operation === operation) : all;
  }

  /**
   * Moves the service's clock. A scripted delay counts from the call it meets, so the leap first waits for
   * delays that have met none: a page says that it is sending before anything has arrived.
   */
  async advance(ms) {
    for (let tries = 0; tries < 100 && (await this.#awaitsCall()); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.#ask('POST', '/clock', { advanceMs: ms });
  }

  async #awaitsCall() {
    const rules = await this.faults();
    return rules.some(({ fault, fired }) => fault.kind === 'delay' && fired === 0);
  }

  settings() {
    return this.#ask('GET', '/settings');
  }

  set(settings) {
    return this.#ask('PATCH', '/settings', settings);
  }

  fault(operation, fault, more = {}) {
    return this.#ask('POST', '/faults', { operation, fault, ...more });
  }

  faults() {
    return this.#ask('GET', '/faults');
  }

  clearFaults() {
    return this.#ask('DELETE', '/faults');
  }

  link(up) {
    return this.#ask('POST', '/link', { up });
  }

  reset() {
    return this.#ask('POST', '/reset', {});
  }

  async #ask(method, path, body) {
    const answer = await fetch(this.#base + path, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }
}
