/**
 * Returns an input for a program's self-test, whose answer was recorded when the program was compiled: pseudo-random
 * values, 0..1, the same everywhere. A linear congruential generator (Knuth, "The Art of Computer Programming", volume
 * 2, 3.3.4) suffices.
 */
export function goldenInput(length: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return new Float32Array(length).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  });
}

/** A model's answer to `goldenInput(784, seed)`: logits, in as few decimal digits as identify each float32. */
export interface GoldenAnswer {
  readonly seed: number;
  readonly output: readonly number[];
}
