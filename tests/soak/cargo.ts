// The files of a soak: mixed sizes, each content there once.
import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIB, sha256 } from '../browser/files.ts';
import type { Chance } from '../support/random.ts';

export interface Cargo {
  name: string;
  path: string;
  hash: string;
}

/** Writes so many files. One in twenty has 1 to 5 MB, the others at most 64 KB, many of them a few bytes. */
export function load(folder: string, count: number, label: string, chance: Chance): Cargo[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, at) => {
    const size = chance.oneIn(20)
      ? chance.between(MIB, 5 * MIB)
      : chance.pick([chance.between(1, 100), chance.between(101, 65_536)]);
    // Chance decides on sizes and faults; the bytes only have to differ.
    const content = randomFillSync(Buffer.alloc(Math.max(size, 16)));
    const name = `${label}-${String(at).padStart(5, '0')}.pdf`;
    const path = join(folder, name);
    writeFileSync(path, content);
    return { name, path, hash: sha256(content) };
  });
}
