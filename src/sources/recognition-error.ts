export type RecognitionErrorCode =
  /** The source is of no kind that can be read. */
  | 'unsupported-source'
  /** The picture is broken, or not loaded. */
  | 'unreadable-image'
  /** The file is no picture, or of a kind that this browser cannot decode. */
  | 'unsupported-image'
  /** The picture comes from another origin that does not allow its pixels to be read, or the page's policy forbids it. */
  | 'blocked-image'
  /** The file has more than one picture, to be shown one after the other. */
  | 'animated-image'
  /** The file has more pixels than can be decoded in reasonable time. */
  | 'image-too-large'
  /** The code for what was asked could not be fetched. */
  | 'network'
  /** An option has a value that it cannot have. */
  | 'invalid-option';

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

/** What was thrown, an error of another copy of the class as one of this class. */
export function toRecognitionError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown.name !== 'RecognitionError' || thrown instanceof RecognitionError)
    return thrown;
  const { code, message, cause } = thrown as RecognitionError;
  return new RecognitionError(code, message, { cause });
}
