import type { Profile } from './interpret.js';
import type { Correction } from './recognition.js';
import { correctedOf, type Corrected, type RecognitionState } from './state.js';

/** A profile that also learns from corrections. */
export interface Learner extends Profile {
  /** @param corrected final corrections by the user */
  learn(corrected: readonly Corrected[]): void;
}

/** Passes each correction to a learner when it is final, once, however often its drawing is reread. */
export class Teaching {
  learner: Learner | null = null;
  readonly #taught = new WeakSet<Correction>();

  /** Makes the corrections of the current source final. */
  settle(state: RecognitionState): void {
    const { learner } = this;
    if (!learner) return;
    const corrected = correctedOf(state).filter(({ correction }) => !this.#taught.has(correction));
    if (corrected.length === 0) return;
    for (const { correction } of corrected) this.#taught.add(correction);
    learner.learn(corrected);
  }
}
