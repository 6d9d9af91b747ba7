export type ImagingErrorCode =
  /** Width, height and data do not match. */
  | 'invalid-image'
  /** Too many pixels to read in reasonable time. */
  | 'image-too-large';

/** Thrown for pixels that cannot be read. The message says what is wrong with them. */
export class ImagingError extends Error {
  override readonly name = 'ImagingError';

  constructor(
    readonly code: ImagingErrorCode,
    message: string,
  ) {
    super(message);
  }
}
