import type { Outputs } from './engines/engine.js';

/** What a call asks for. */
export interface InferenceCall {
  readonly images: Float32Array;
  readonly count: number;
  /** Names of what is wanted. */
  readonly outputs: readonly string[];
}

/** A call that has no answer yet. */
export interface InferenceRequest extends InferenceCall {
  /** How often an engine has been given this request. */
  attempts: number;
  /** Answers the call; the request leaves the queue. */
  resolve(answer: Outputs): void;
  /** Refuses the call; the request leaves the queue. */
  reject(reason: unknown): void;
}

/** Requests in the order of their calls. Each leaves when it is answered, rejected, or aborted by its caller. */
export class RequestQueue {
  readonly #requests = new Set<InferenceRequest>();

  get size(): number {
    return this.#requests.size;
  }

  /** The oldest request that is wanted. */
  next(wanted: (request: InferenceRequest) => boolean): InferenceRequest | undefined {
    for (const request of this.#requests) if (wanted(request)) return request;
    return undefined;
  }

  /** Whether a request still waits for its answer. */
  has(request: InferenceRequest): boolean {
    return this.#requests.has(request);
  }

  /**
   * Adds a request at the end.
   * @param signal when it aborts, the request leaves at once and its promise rejects with the signal's reason
   */
  add(call: InferenceCall, signal?: AbortSignal): Promise<Outputs> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#requests.delete(request);
        signal?.removeEventListener('abort', giveUp);
      };
      const request: InferenceRequest = {
        ...call,
        attempts: 0,
        resolve: (answer) => {
          leave();
          resolve(answer);
        },
        reject: (reason) => {
          leave();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an abort reason may be anything
          reject(reason);
        },
      };
      const giveUp = () => request.reject(signal?.reason);
      if (signal?.aborted) {
        giveUp();
        return;
      }
      this.#requests.add(request);
      signal?.addEventListener('abort', giveUp);
    });
  }

  /** Refuses all that wait. */
  rejectAll(reason: unknown): void {
    for (const request of [...this.#requests]) request.reject(reason);
  }
}
