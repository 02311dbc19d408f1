// What `cargo xtask bench transfer` asks for.

const pairs = Number(process.env.BENCH_PAIRS ?? 5);
if (!Number.isInteger(pairs) || pairs < 1) throw new Error(`BENCH_PAIRS is a number from 1, not ${process.env.BENCH_PAIRS}`);

export const PAIRS = pairs;
