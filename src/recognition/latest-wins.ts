/**
 * Runs one attempt at a time, each at what is newest when it begins: what comes up meanwhile replaces what waits.
 */
export class LatestWins {
  readonly #isWanted: () => boolean;
  readonly #attempt: (signal: AbortSignal) => Promise<void>;
  #running = false;
  #present: AbortController | null = null;

  /**
   * @param isWanted whether there is something to attempt
   * @param attempt must not reject; until its signal is aborted, it is the only one
   */
  constructor(isWanted: () => boolean, attempt: (signal: AbortSignal) => Promise<void>) {
    this.#isWanted = isWanted;
    this.#attempt = attempt;
  }

  /** Says that there may be something to attempt. */
  wake(): void {
    if (!this.#running) void this.#run();
  }

  /** Gives the present attempt up. The next one does not wait for it. */
  abort(): void {
    this.#present?.abort();
  }

  async #run(): Promise<void> {
    this.#running = true;
    // Whoever asks for something may be about to ask for something newer.
    await Promise.resolve();
    while (this.#isWanted()) {
      this.#present = new AbortController();
      await this.#attempt(this.#present.signal);
      this.#present = null;
    }
    this.#running = false;
  }
}

/** Waits for a promise, but no longer than until the signal is aborted; then rejects with its reason. */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
