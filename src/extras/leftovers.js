// @ts-check
// Records of uploads under way, in the local storage of the page's origin. A Web Lock, held for as long as a
// widget lives, tells others that its records are not theirs.

/** Begins the name of every lock and record. */
const PREFIX = "connect-attached-files:";
/** Nobody asks for records this old any more, ms: a week. */
const KEPT_FOR = 7 * 24 * 3_600_000;

/** @typedef {{ instanceId: string, resource: string, at: number }} Entry and what else the widget wrote */

/** The claim of one widget to its records. */
class Claim {
  /** Its records are named by it, a colon and the row's number. */
  #name = PREFIX + crypto.randomUUID();
  /** @type {(value?: unknown) => void} */
  #letGo = () => {};

  constructor() {
    const held = new Promise((resolve) => (this.#letGo = resolve));
    navigator.locks.request(this.#name, () => held).catch(() => {});
  }

  /**
   * @param {number} row
   * @param {object | undefined} record none once the upload is over
   */
  note(row, record) {
    const key = `${this.#name}:${row}`;
    try {
      if (record) localStorage.setItem(key, JSON.stringify({ ...record, at: Date.now() }));
      else localStorage.removeItem(key);
    } catch {
      // Storage that is full keeps nothing, and the upload goes on.
    }
  }

  /**
   * Reports what others left behind on a resource, as soon as their end is certain. What `report` takes is
   * theirs no more.
   *
   * @param {string} instanceId
   * @param {string} resource
   * @param {(records: Entry[]) => boolean} report
   */
  takeUp(instanceId, resource, report) {
    const owners = new Set([...records(instanceId, resource)].map(([key]) => key.slice(0, key.lastIndexOf(":"))));
    owners.delete(this.#name);
    for (const owner of owners) {
      navigator.locks.request(owner, () => {
        const found = [...records(instanceId, resource)].filter(([key]) => key.startsWith(`${owner}:`));
        if (!report(found.map(([, record]) => record))) return;
        for (const [key] of found) localStorage.removeItem(key);
      }).catch(() => {});
    }
  }

  /** What is left from now on is left behind. */
  end() {
    this.#letGo();
  }
}

/** @returns {Promise<Claim | undefined>} none where the browser has no storage or no locks for this page */
export async function claim() {
  try {
    return localStorage && navigator.locks && new Claim();
  } catch {
    return undefined;
  }
}

/**
 * The records of one resource. What cannot be read or is too old goes.
 *
 * @param {string} instanceId
 * @param {string} resource
 * @returns {Generator<[key: string, record: Entry]>}
 */
function* records(instanceId, resource) {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const record = parsed(localStorage.getItem(key));
    if (!(Date.now() - record?.at <= KEPT_FOR)) localStorage.removeItem(key);
    else if (record.instanceId === instanceId && record.resource === resource) yield [key, record];
  }
}

/** @param {string | null} text */
function parsed(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
