/**
 * An input whose answer is known from when a program was compiled: pseudo-random values, 0..1, the same everywhere.
 * A linear congruential generator (Knuth, "The Art of Computer Programming", volume 2, 3.3.4) is all that it takes.
 */
export function goldenInput(length: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  });
}

/** What a model answers to `goldenInput(784, seed)`: logits, in as few digits as tell float32 numbers apart. */
export interface GoldenAnswer {
  readonly seed: number;
  readonly output: readonly number[];
}
