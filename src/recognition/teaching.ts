import type { Profile } from './interpret.js';
import type { Recognition } from './recognition.js';
import { correctedOf, type Corrected, type RecognitionState } from './state.js';

/** A profile that also learns from corrections. */
export interface Learner extends Profile {
  /** @param corrected final corrections by the user */
  learn(corrected: readonly Corrected[]): void;
}

/** Passes each answer whose correction is final to a learner, once. */
export class Teaching {
  learner: Learner | null = null;
  /** The digit that was passed on for each answer. */
  readonly #taught = new WeakMap<Recognition, number>();

  /** Makes the corrections of the current source final. */
  settle(state: RecognitionState): void {
    const { learner } = this;
    if (!learner) return;
    const corrected = correctedOf(state).filter(({ recognition, digit }) => this.#taught.get(recognition) !== digit);
    if (corrected.length === 0) return;
    for (const { recognition, digit } of corrected) this.#taught.set(recognition, digit);
    learner.learn(corrected);
  }
}
