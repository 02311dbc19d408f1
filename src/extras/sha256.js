// @ts-check
// SHA-256 by the browser's own cryptography. It takes the bytes in one piece, so a file is held once in the
// page's memory while it is read; Connect's largest file has 100 MB.

/**
 * @param {Blob} blob
 * @returns {Promise<string | null | undefined>} hexadecimal; null when the file cannot be read, undefined
 *   where the page cannot make checksums
 */
export async function sha256(blob) {
  const bytes = await blob.arrayBuffer().catch(() => null);
  if (!bytes) return null;
  // Outside of secure contexts there is no `subtle`.
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes).catch(() => undefined);
  return digest && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
