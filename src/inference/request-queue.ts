import type { Outputs } from './engines/engine.js';

/** The arguments of a call. */
export interface InferenceCall {
  readonly images: Float32Array;
  readonly count: number;
  /** Names of the requested outputs. */
  readonly outputs: readonly string[];
}

/** A pending call. */
export interface InferenceRequest extends InferenceCall {
  /** How often this request was passed to an engine. */
  attempts: number;
  /** Answers the call and removes the request from the queue. */
  resolve(answer: Outputs): void;
  /** Rejects the call and removes the request from the queue. */
  reject(reason: unknown): void;
}

/** Requests in the order of their calls, removed when answered, rejected, or aborted by the caller. */
export class RequestQueue {
  readonly #requests = new Set<InferenceRequest>();

  get size(): number {
    return this.#requests.size;
  }

  /** Returns the oldest request that matches. */
  next(matches: (request: InferenceRequest) => boolean): InferenceRequest | undefined {
    for (const request of this.#requests) if (matches(request)) return request;
    return undefined;
  }

  /** Whether a request is still pending. */
  has(request: InferenceRequest): boolean {
    return this.#requests.has(request);
  }

  /**
   * Appends a request.
   * @param signal when aborted, the request is removed and its promise rejects with the signal's reason
   */
  add(call: InferenceCall, signal?: AbortSignal): Promise<Outputs> {
    return new Promise((resolve, reject) => {
      const remove = () => {
        this.#requests.delete(request);
        signal?.removeEventListener('abort', abort);
      };
      const request: InferenceRequest = {
        ...call,
        attempts: 0,
        resolve: (answer) => {
          remove();
          resolve(answer);
        },
        reject: (reason) => {
          remove();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an abort reason may be anything
          reject(reason);
        },
      };
      const abort = () => request.reject(signal?.reason);
      if (signal?.aborted) {
        abort();
        return;
      }
      this.#requests.add(request);
      signal?.addEventListener('abort', abort);
    });
  }

  /** Rejects all pending requests. */
  rejectAll(reason: unknown): void {
    for (const request of [...this.#requests]) request.reject(reason);
  }
}
