/**
 * Machine-readable reason of a failure.
 *
 * - `no-features`: the recognition lacks the features that a profile compares, or has more than it stores
 * - `other-model`: the profile was made with another model
 * - `invalid-profile`: the value is not a profile, or is damaged
 * - `newer-version`: the profile was written by a newer version of this package
 * - `invalid-digit`: the label is neither a digit nor null
 */
export type LearningErrorCode = 'no-features' | 'other-model' | 'invalid-profile' | 'newer-version' | 'invalid-digit';

/** A profile cannot be used, or a recognition cannot be learned. The message says why, and what to do. */
export class LearningError extends Error {
  override readonly name = 'LearningError';

  constructor(
    readonly code: LearningErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Creates the error for a profile used with another model than its own. */
export function otherModel(own: string, other: string): LearningError {
  const message = `The profile was made with the model ${own}, and this is ${other}. Start a new profile.`;
  return new LearningError('other-model', message);
}
