/** Contents by name; fails on anything that is not stored as it is, or damaged. */
export function unzip(bytes: Uint8Array | readonly number[]): Record<string, string>;
