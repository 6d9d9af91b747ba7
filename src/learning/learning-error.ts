/**
 * What went wrong, for programs.
 *
 * - `no-features`: the recognition does not carry what a profile compares drawings by
 * - `other-model`: the profile was made with another model
 * - `invalid-profile`: what was given is not a profile, or is damaged
 * - `newer-version`: the profile was written by a newer version of this package
 * - `invalid-digit`: what a drawing is said to be is no digit
 */
export type LearningErrorCode = 'no-features' | 'other-model' | 'invalid-profile' | 'newer-version' | 'invalid-digit';

/** A profile that cannot be used, or a recognition that cannot be learned. The message says why, and what to do. */
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

/** A profile of one model was used with another. */
export function otherModel(own: string | null, other: string): LearningError {
  const message = `The profile was made with the model ${own}, and this is ${other}. Start a new profile.`;
  return new LearningError('other-model', message);
}
