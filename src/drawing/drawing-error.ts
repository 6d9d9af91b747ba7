export type DrawingErrorCode =
  /** The value is not a drawing. */
  | 'invalid-drawing'
  /** A speed or size is not a positive number, or a size exceeds the maximum. */
  | 'invalid-option'
  /** The browser could not make the picture. */
  | 'no-picture'
  /** The code that makes PNGs or plays strokes could not be fetched. */
  | 'network';

/** An operation on a drawing failed. The message says what failed, why, and what to do. */
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
