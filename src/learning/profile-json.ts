import { readParts } from '../utils/index.js';
import { LearningError } from './learning-error.js';
import { lessonOf, MAX_FEATURES, MAX_LESSONS, type Lesson } from './lessons.js';

/** A profile as JSON. At most 30 KB with `compact`. */
export interface ProfileJSON {
  readonly version: 1;
  /** The model that computed the features; null for an empty profile. */
  readonly model: string | null;
  /** The label of each drawing, oldest first, one character each: 0 to 9, or x for a non-digit. */
  readonly digits: string;
  /** The concatenated features of the drawings, a signed byte each, in base64. */
  readonly features: string;
}

/**
 * The content of a profile.
 * @internal
 */
export interface ProfileContent {
  readonly model: string | null;
  /** Oldest first; all have the same number of features. */
  readonly lessons: readonly Lesson[];
}

const VERSION = 1;

/** @internal */
export const EMPTY: ProfileContent = { model: null, lessons: [] };

/**
 * Serializes a profile.
 * @internal
 */
export function writeProfile({ model, lessons }: ProfileContent): ProfileJSON {
  const text = lessons.map(({ features }) => String.fromCharCode(...new Uint8Array(features.buffer)));
  return {
    version: VERSION,
    model,
    digits: lessons.map(({ digit }) => digit ?? 'x').join(''),
    features: btoa(text.join('')),
  };
}

/**
 * Parses what {@link writeProfile} returned.
 * @param json an object or a string
 * @throws {LearningError} `invalid-profile` or `newer-version`
 * @internal
 */
export function readProfile(json: unknown): ProfileContent {
  const parts = readParts(toObject(json), ['version', 'model', 'digits', 'features']);
  if (!parts) throw invalid('it is not an object');
  const { version, model, digits, features } = parts;
  if (typeof version === 'number' && version > VERSION) {
    const message = `The profile has version ${version}; this package reads version ${VERSION}. Update the package.`;
    throw new LearningError('newer-version', message);
  }
  if (version !== VERSION) throw invalid(`its version is not ${VERSION}`);
  if (typeof digits !== 'string' || !/^[0-9x]*$/.test(digits) || digits.length > MAX_LESSONS) {
    throw invalid(`its digits are not at most ${MAX_LESSONS} characters of 0 to 9 and x`);
  }
  if (digits === '') return EMPTY;
  if (typeof model !== 'string' || model === '') throw invalid('it names no model');
  const bytes = decode(features);
  const length = bytes.length / digits.length;
  if (!Number.isInteger(length) || length < 1 || length > MAX_FEATURES) {
    throw invalid(`its ${bytes.length} features are not those of ${digits.length} drawings`);
  }
  const lessons = Array.from(digits, (digit, index) =>
    lessonOf(bytes.slice(index * length, (index + 1) * length), digit === 'x' ? null : Number(digit)),
  );
  return { model, lessons };
}

function toObject(json: unknown): Readonly<Record<keyof ProfileJSON, unknown>> {
  let value = json;
  if (typeof json === 'string') {
    try {
      value = JSON.parse(json);
    } catch (cause) {
      throw invalid('it is not JSON', cause);
    }
  }
  return value as Readonly<Record<keyof ProfileJSON, unknown>>;
}

function decode(features: unknown): Int8Array {
  if (typeof features !== 'string' || features.length > MAX_LESSONS * MAX_FEATURES * 2) {
    throw invalid('its features are not text');
  }
  try {
    return Int8Array.from(atob(features), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw invalid('its features are not base64', cause);
  }
}

function invalid(reason: string, cause?: unknown): LearningError {
  const message = `This is not a profile: ${reason}. Give what WriterProfile.toJSON() returned.`;
  return new LearningError('invalid-profile', message, { cause });
}
