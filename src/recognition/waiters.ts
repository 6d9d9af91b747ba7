import type { Recognition } from './recognition.js';
import { isDecoding, isPending, type RecognitionState } from './state.js';

/** Promises of the answer to the current source. */
export class Waiters {
  #all: { readonly resolve: (answer: Recognition | null) => void; readonly reject: (error: Error) => void }[] = [];

  get any(): boolean {
    return this.#all.length > 0;
  }

  wait(): Promise<Recognition | null> {
    return new Promise((resolve, reject) => this.#all.push({ resolve, reject }));
  }

  /**
   * Settles them with the answer or the failure, if it is known.
   *
   * @param answer returns the answer for the current source
   * @returns whether any were settled
   */
  settle(state: RecognitionState, answer: () => Recognition | null): boolean {
    const pending = isPending(state);
    const error = state.refusal ?? state.failure;
    if (!this.any || isDecoding(state) || (pending && !error)) return false;
    for (const { resolve, reject } of this.#all.splice(0)) {
      if (pending && error) reject(error);
      else resolve(answer());
    }
    return true;
  }
}
