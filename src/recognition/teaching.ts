import type { Profile } from './interpret.js';
import type { Correction, Recognition } from './recognition.js';
import { correctedOf, type Corrected, type RecognitionState } from './state.js';

/** A profile that also learns from corrections. */
export interface Learner extends Profile {
  /** @param corrected final corrections by the user */
  learn(corrected: readonly Corrected[]): void;
}

/** Passes each correction to a learner when it is final; once, even if it is repeated, or its drawing is reread. */
export class Teaching {
  learner: Learner | null = null;
  /** The digit that was passed on, by correction and by answer. */
  readonly #taught = new WeakMap<Correction | Recognition, number>();

  /** Makes the corrections of the current source final. */
  settle(state: RecognitionState): void {
    const { learner } = this;
    if (!learner) return;
    const taught = this.#taught;
    const corrected = correctedOf(state).filter(
      ({ recognition, correction }) => !taught.has(correction) && taught.get(recognition) !== correction.digit,
    );
    if (corrected.length === 0) return;
    for (const { recognition, correction } of corrected) {
      taught.set(recognition, correction.digit).set(correction, correction.digit);
    }
    learner.learn(corrected);
  }
}
