/** Runs one attempt at a time, each with the newest input when it begins: newer input replaces input that waits. */
export class LatestWins {
  readonly #isWanted: () => boolean;
  readonly #attempt: (signal: AbortSignal) => Promise<void>;
  #running = false;
  #current: AbortController | null = null;

  /**
   * @param isWanted returns whether there is something to attempt
   * @param attempt must not reject; no other runs until it settles, or ends after an abort
   */
  constructor(isWanted: () => boolean, attempt: (signal: AbortSignal) => Promise<void>) {
    this.#isWanted = isWanted;
    this.#attempt = attempt;
  }

  /** Must be called when there may be something to attempt. */
  wake(): void {
    if (!this.#running) void this.#run();
  }

  /** Aborts the current attempt. The next one does not wait for it. */
  abort(): void {
    this.#current?.abort();
  }

  async #run(): Promise<void> {
    this.#running = true;
    // A caller may be about to replace its request by a newer one.
    await Promise.resolve();
    while (this.#isWanted()) {
      this.#current = new AbortController();
      await this.#attempt(this.#current.signal);
      this.#current = null;
    }
    this.#running = false;
  }
}

/** Settles like a promise, or rejects with the signal's reason as soon as it is aborted. */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
