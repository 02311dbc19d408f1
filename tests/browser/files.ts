// Files of known content, in memory and on disk.
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

export const MIB = 1024 * 1024;

/** Bytes that repeat nowhere soon, the same in every run. */
export function bytes(size: number, seed = 1): Buffer {
  const buffer = Buffer.alloc(size);
  let state = seed;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    buffer[at] = state >>> 16;
  }
  return buffer;
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Writes a file of so many bytes and gives its hash. */
export function onDisk(path: string, size: number): string {
  const content = bytes(size);
  const file = openSync(path, 'w');
  for (let at = 0; at < size; at += writeSync(file, content, at));
  closeSync(file);
  return sha256(content);
}

/** The EICAR test string, in two parts so that a scanner on this machine leaves the source alone. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
