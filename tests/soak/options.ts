// What `cargo xtask soak` asks for; without it, the short soak of `cargo xtask test`.

function number(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} is a whole number, not ${process.env[name]}`);
  return value;
}

export const FILES = number('SOAK_FILES', 60);
export const SEED = number('SOAK_SEED', 1);
export const MOUNTS = number('SOAK_MOUNTS', 30);
/** Longest that the files may take, milliseconds: an end in any case, no measure of speed. */
export const LONGEST = 120_000 + FILES * 1_500;
