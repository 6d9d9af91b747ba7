export type DrawingErrorCode =
  /** What was given is no drawing. */
  | 'invalid-drawing'
  /** A speed or size that is not a positive number, or a size larger than a picture can be. */
  | 'invalid-option'
  /** The browser could not make the picture. */
  | 'no-picture'
  /** The code that makes PNGs or plays strokes could not be fetched. */
  | 'network';

/** Something that cannot be done with a drawing. The message says what failed, why, and what to do. */
export class DrawingError extends Error {
  override readonly name = 'DrawingError';

  constructor(
    readonly code: DrawingErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
