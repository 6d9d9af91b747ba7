import { describeValue, readParts } from '../utils/index.js';
import type { Features, Recognition } from '../recognition/index.js';
import { LearningError, otherModel } from './learning-error.js';
import { addLesson, applyLessons, MAX_FEATURES, toLesson } from './lessons.js';
import { EMPTY, readProfile, writeProfile, type ProfileContent, type ProfileJSON } from './profile-json.js';

/**
 * What one writer's digits look like, learned from corrections. Stores, for each corrected drawing, the input of the
 * network's last layer and the digit, but no picture or strokes.
 *
 * Tied to the model of its first lesson. A model by URL is known by that URL: give each version of it another.
 *
 * @example
 * const profile = new WriterProfile();
 * const recognition = await recognize(strokes, { profile });
 * profile.learn(recognition, 7);
 * localStorage.setItem('hand', JSON.stringify(profile));
 */
export class WriterProfile {
  /**
   * Restores a serialized profile.
   * @param json what `toJSON()` returned, as an object or a string
   * @throws {LearningError} `invalid-profile` if it is not a profile, `newer-version` if this package cannot read it
   *   yet
   */
  static fromJSON(json: unknown): WriterProfile {
    const profile = new WriterProfile();
    profile.content = readProfile(json);
    return profile;
  }

  /**
   * Resolves when its stored lessons have been read: at once, unless it belongs to `<digit-recognizer learn="NAME">`.
   */
  readonly ready: Promise<void> = Promise.resolve();

  /**
   * The lessons learned.
   * @internal
   */
  protected content: ProfileContent = EMPTY;

  /** Number of drawings learned, 0 to 300. */
  get size(): number {
    return this.content.lessons.length;
  }

  /** The model that it is tied to; null while it is empty. */
  get model(): string | null {
    return this.content.model;
  }

  /**
   * Learns what a drawing is. The latest of contradicting lessons about similar drawings wins.
   *
   * @param recognition from `recognize()` or `recognizeAll()` with a `profile`, or from a `<digit-recognizer learn>`
   * @param digit 0 to 9; null for a non-digit
   * @throws {LearningError} `invalid-digit` if `digit` is neither; `no-features` if the recognition was made without a
   *   profile, nothing was drawn, or the model has more than 4096 features; `other-model` if it was made with another model than earlier lessons
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
    if (features.values.length > MAX_FEATURES) {
      const message = `The recognition has ${features.values.length} features; a profile stores at most ${MAX_FEATURES}.`;
      throw new LearningError('no-features', message);
    }
    this.#checkModel(features);
    const lessons = addLesson(this.content.lessons, toLesson(features.values, digit));
    this.content = { model: features.model, lessons };
  }

  /** Forgets all lessons. */
  forget(): void {
    this.content = EMPTY;
  }

  /**
   * Adjusts a recognition to this writer. Sets `learned` if that changes the network's answer.
   *
   * @param leastEnergy the energy below which the network refuses a drawing as a non-digit
   * @throws {LearningError} `other-model` if the recognition was made with another model
   */
  apply(recognition: Recognition, leastEnergy: number): Recognition {
    const features = featuresOf(recognition);
    if (!features || this.size === 0) return recognition;
    this.#checkModel(features);
    return applyLessons(this.content.lessons, recognition, features.values, leastEnergy);
  }

  /** Returns the profile for storage; called by `JSON.stringify(profile)`. */
  toJSON(): ProfileJSON {
    return writeProfile(this.content);
  }

  /**
   * The model whose recognitions it accepts; null for any.
   * @internal
   */
  protected get expectedModel(): string | null {
    return this.content.model;
  }

  #checkModel({ model, values }: Features): void {
    const { expectedModel } = this;
    const [first] = this.content.lessons;
    const isExpected = expectedModel === null || model === expectedModel;
    const count = first?.features.length ?? values.length;
    if (isExpected && values.length === count) return;
    throw otherModel(`${expectedModel} (${count} features)`, `${model} (${values.length})`);
  }
}

/**
 * Returns a recognition's features; null if it has none, or the value is not a recognition.
 * @internal
 */
export function featuresOf(recognition: Recognition): Features | null {
  const { model, values } = readParts(readParts(recognition, ['features'])?.features, ['model', 'values']) ?? {};
  return typeof model === 'string' && values instanceof Float32Array && values.length > 0 ? { model, values } : null;
}
