export type ImagingErrorCode =
  /** Width, height and data do not make a picture. */
  | 'invalid-image'
  /** More pixels than can be read in reasonable time. */
  | 'image-too-large';

/** Pixels that cannot be read. The message says what is wrong with them. */
export class ImagingError extends Error {
  override readonly name = 'ImagingError';

  constructor(
    readonly code: ImagingErrorCode,
    message: string,
  ) {
    super(message);
  }
}
