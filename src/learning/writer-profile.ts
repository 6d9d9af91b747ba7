import { describeValue, readParts } from '../drawing/index.js';
import type { Features, Recognition } from '../recognition/index.js';
import { LearningError, otherModel } from './learning-error.js';
import { addLesson, applyLessons, toLesson } from './lessons.js';
import { EMPTY, readProfile, writeProfile, type ProfileContent, type ProfileJSON } from './profile-json.js';

/**
 * What one writer's digits look like, learned from corrections: for each corrected drawing the numbers before the
 * network's last layer, and the digit. No picture and no stroke is kept.
 *
 * Belongs to the model that it was first used with.
 *
 * @example
 * const profile = new WriterProfile();
 * const recognition = await recognize(strokes, { profile });
 * profile.learn(recognition, 7);
 * localStorage.setItem('hand', JSON.stringify(profile));
 */
export class WriterProfile {
  /**
   * Reads a profile that was kept.
   * @param json what `toJSON()` returned, also as text
   * @throws {LearningError} `invalid-profile` when it is not one, `newer-version` when this package cannot read it yet
   */
  static fromJSON(json: unknown): WriterProfile {
    const profile = new WriterProfile();
    profile.content = readProfile(json);
    return profile;
  }

  /** Settles when what was kept of it has been read: at once, unless a `<digit-recognizer learn="NAME">` keeps it. */
  readonly ready: Promise<void> = Promise.resolve();

  /** What was learned. */
  protected content: ProfileContent = EMPTY;

  /** How many drawings it has learned, 0 to 300. */
  get size(): number {
    return this.content.lessons.length;
  }

  /** The model that it belongs to; null while it is empty. */
  get model(): string | null {
    return this.content.model;
  }

  /**
   * Learns what a drawing is. Of contradicting lessons about drawings alike the later one wins.
   *
   * @param recognition from `recognize()` or `recognizeAll()` with a `profile`, or from a `<digit-recognizer learn>`
   * @param digit 0 to 9; null for a non-digit
   * @throws {LearningError} `invalid-digit` when `digit` is neither; `no-features` when the recognition was made without a profile, or nothing was drawn;
   *   `other-model` when it was made with another model than what was learned before
   */
  learn(recognition: Recognition, digit: number | null): void {
    if (digit !== null && !(Number.isInteger(digit) && digit >= 0 && digit <= 9)) {
      const message = `The digit is ${describeValue(digit)}; it can be a whole number from 0 to 9, or null.`;
      throw new LearningError('invalid-digit', message);
    }
    const features = featuresOf(recognition);
    if (!features) {
      const message =
        'The recognition has no features to learn from: nothing is drawn, or it was made without a profile. ' +
        'Give recognize() a profile, or <digit-recognizer> the attribute learn.';
      throw new LearningError('no-features', message);
    }
    this.#checkModel(features);
    const lessons = addLesson(this.content.lessons, toLesson(features.values, digit));
    this.content = { model: features.model, lessons };
  }

  /** Forgets all that was learned. */
  forget(): void {
    this.content = EMPTY;
  }

  /**
   * The answer, as this writer means it. `learned` says whether that is another one than the network's.
   *
   * @param leastEnergy the energy below which the network takes a drawing for a non-digit
   * @throws {LearningError} `other-model` when the recognition was made with another model
   */
  apply(recognition: Recognition, leastEnergy: number): Recognition {
    const features = featuresOf(recognition);
    if (!features || this.size === 0) return recognition;
    this.#checkModel(features);
    return applyLessons(this.content.lessons, recognition, features.values, leastEnergy);
  }

  /** The profile, to be kept: `JSON.stringify(profile)` calls it. */
  toJSON(): ProfileJSON {
    return writeProfile(this.content);
  }

  #checkModel({ model, values }: Features): void {
    const [first] = this.content.lessons;
    if (!first || (model === this.content.model && values.length === first.features.length)) return;
    throw otherModel(this.content.model, model);
  }
}

/** What a profile compares drawings by; null where a recognition has none, or the value is no recognition. */
function featuresOf(recognition: Recognition): Features | null {
  const { model, values } = readParts(readParts(recognition, ['features'])?.features, ['model', 'values']) ?? {};
  return typeof model === 'string' && values instanceof Float32Array ? { model, values } : null;
}
