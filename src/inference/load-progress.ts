/** Adds up the downloads of one start. Never decreases during that start: what another backend needs is added. */
export class LoadProgress {
  readonly #parts = new Map<string, { loaded: number; total: number }>();

  /** Registers a file before its first byte, so that the total is right from the start. */
  expect(url: string, total: number): void {
    if (!this.#parts.has(url)) this.#parts.set(url, { loaded: 0, total });
  }

  /** Updates how much of a file has arrived. */
  advance(url: string, loaded: number, total: number): void {
    const before = this.#parts.get(url)?.loaded ?? 0;
    this.#parts.set(url, { loaded: Math.max(before, loaded), total: Math.max(total, loaded) });
  }

  /** Bytes received. */
  get loaded(): number {
    return this.#sum((part) => part.loaded);
  }

  /** Bytes expected, as far as known. */
  get total(): number {
    return this.#sum((part) => part.total);
  }

  #sum(value: (part: { loaded: number; total: number }) => number): number {
    return [...this.#parts.values()].reduce((sum, part) => sum + value(part), 0);
  }
}
