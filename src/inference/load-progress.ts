/** Adds up the downloads of one start. Never runs back: what another backend needs comes on top. */
export class LoadProgress {
  readonly #parts = new Map<string, { loaded: number; total: number }>();

  /** Announces a file before its first byte, so that the total is right from the start. */
  expect(url: string, total: number): void {
    if (!this.#parts.has(url)) this.#parts.set(url, { loaded: 0, total });
  }

  /** Notes how much of a file has arrived. */
  advance(url: string, loaded: number, total: number): void {
    const before = this.#parts.get(url)?.loaded ?? 0;
    this.#parts.set(url, { loaded: Math.max(before, loaded), total: Math.max(total, loaded) });
  }

  /** Bytes that have arrived. */
  get loaded(): number {
    return this.#sum((part) => part.loaded);
  }

  /** Bytes expected, as far as is known. */
  get total(): number {
    return this.#sum((part) => part.total);
  }

  #sum(value: (part: { loaded: number; total: number }) => number): number {
    return [...this.#parts.values()].reduce((sum, part) => sum + value(part), 0);
  }
}
