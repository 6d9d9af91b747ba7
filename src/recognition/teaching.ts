import type { Profile } from './interpret.js';
import type { Recognition } from './recognition.js';
import { correctedOf, type Corrected, type RecognitionState } from './state.js';

/** Reads as a writer has taught it, and learns from what they correct. */
export interface Learner extends Profile {
  /** @param corrected what the user has said for good */
  learn(corrected: readonly Corrected[]): void;
}

/** Tells a learner, once, of each answer that was corrected for good. */
export class Teaching {
  learner: Learner | null = null;
  /** What was told of each answer. */
  readonly #taught = new WeakMap<Recognition, number>();

  /** What the user has corrected of the present source counts from now on. */
  settle(state: RecognitionState): void {
    const { learner } = this;
    if (!learner) return;
    const corrected = correctedOf(state).filter(({ recognition, digit }) => this.#taught.get(recognition) !== digit);
    if (corrected.length === 0) return;
    for (const { recognition, digit } of corrected) this.#taught.set(recognition, digit);
    learner.learn(corrected);
  }
}
