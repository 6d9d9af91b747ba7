export type RecognitionErrorCode =
  /** The source is of an unsupported type. */
  | 'unsupported-source'
  /** The picture is damaged or not loaded. */
  | 'unreadable-image'
  /** The file is not a picture, or in a format that this browser cannot decode. */
  | 'unsupported-image'
  /** The picture is from another origin that does not allow reading its pixels, or the page's policy forbids it. */
  | 'blocked-image'
  /** The file has several frames. */
  | 'animated-image'
  /** The file has more pixels than can be decoded in reasonable time. */
  | 'image-too-large'
  /** The code for the request could not be fetched. */
  | 'network'
  /** An option has an invalid value. */
  | 'invalid-option';

/** A source could not be read. The message says what failed, why, and what to do. */
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

/** Converts a RecognitionError from another copy of this module; returns anything else as it is. */
export function toRecognitionError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown.name !== 'RecognitionError' || thrown instanceof RecognitionError)
    return thrown;
  const { code, message, cause } = thrown as RecognitionError;
  return new RecognitionError(code, message, { cause });
}
