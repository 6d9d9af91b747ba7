/** A seeded random number generator, so that the same command generates the same data. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Uniform in 0..1 (mulberry32, Tommy Ettinger). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Uniform in `low`..`high`. */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Uniformly distributed integer in `low`..`high`, inclusive. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  /** Returns true with probability `share`. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** Normally distributed with mean 0, truncated at two and a half standard deviations. */
  normal(deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const value = radius * Math.cos(2 * Math.PI * this.next());
    return deviation * Math.min(2.5, Math.max(-2.5, value));
  }

  /** Returns one of the values. */
  pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.next() * values.length)];
  }
}

/** Returns what `make` returns for each index below `count`. */
export const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index));
