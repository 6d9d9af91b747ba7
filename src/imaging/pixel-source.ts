import { ImagingError } from './imaging-error.js';

/** An ImageData or a similar object: RGBA, row-major, 0..255, colors not premultiplied by alpha. */
export interface PixelSource {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** Size of the picture in its own units, which may have been scaled to these pixels; by default, that of the pixels. */
  readonly original?: { readonly width: number; readonly height: number };
}

/** 400 MB of RGBA. */
export const MAXIMUM_PIXELS = 100_000_000;

const isSide = (length: number): boolean => Number.isSafeInteger(length) && length > 0;

/** @throws {ImagingError} if data and size do not match, or there are more pixels than {@link MAXIMUM_PIXELS} */
export function checkPixelSource({ data, width, height }: PixelSource): void {
  if (!isSide(width) || !isSide(height)) {
    throw new ImagingError(
      'invalid-image',
      `A picture needs a whole width and height above 0; it has ${width} by ${height}.`,
    );
  }
  if (width * height > MAXIMUM_PIXELS) {
    throw new ImagingError(
      'image-too-large',
      `The picture has ${width} by ${height} pixels; at most ${MAXIMUM_PIXELS} are read. Scale it down.`,
    );
  }
  if (data.length !== width * height * 4) {
    throw new ImagingError(
      'invalid-image',
      `${width} by ${height} pixels of RGBA are ${width * height * 4} values; the picture has ${data.length}.`,
    );
  }
}
