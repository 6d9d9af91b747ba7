export type RecognitionErrorCode =
  /** The source is of no kind that can be read. */
  | 'unsupported-source'
  /** The picture is broken, not loaded, or not a picture at all. */
  | 'unreadable-image'
  /** The picture comes from another origin that does not allow its pixels to be read. */
  | 'blocked-image';

/** A source that cannot be read. The message says what failed, why, and what to do. */
export class RecognitionError extends Error {
  override readonly name = 'RecognitionError';

  constructor(
    readonly code: RecognitionErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
