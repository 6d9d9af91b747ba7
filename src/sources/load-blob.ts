import type { Size } from '../drawing/index.js';
import { MAXIMUM_PIXELS, type PixelSource } from '../imaging/index.js';
import { isCutOff } from './cut-off.js';
import { isSvg, loadSvg } from './load-svg.js';
import { HEADER_LENGTH, isGif, isHeic, readPictureHeader, type PictureHeader } from './picture-header.js';
import { LONGEST_SIDE, readPixels } from './read-pixels.js';
import { RecognitionError } from './recognition-error.js';

/** @throws {RecognitionError} for a picture that would take too long to decode, or that has several frames */
function checkHeader({ width, height, animated }: PictureHeader): void {
  if (animated) {
    throw new RecognitionError(
      'animated-image',
      'The picture is animated, and only still pictures can be read. Save the frame that shows the digit as a separate picture.',
    );
  }
  if (width * height > MAXIMUM_PIXELS) {
    throw new RecognitionError(
      'image-too-large',
      `The picture has ${width} by ${height} pixels, ${Math.round((width * height) / 1e6)} megapixels; at most ${MAXIMUM_PIXELS / 1e6} megapixels can be read. Scale it down.`,
    );
  }
}

/** Returns the size of a picture that is decoded at a smaller one; undefined if it is not. */
function sizeIfScaled(header: PictureHeader | null): Size | undefined {
  if (!header || Math.max(header.width, header.height) <= LONGEST_SIDE) return undefined;
  const { width, height, transposed } = header;
  return transposed ? { width: height, height: width } : { width, height };
}

/** Applies the camera's orientation, and scales large pictures down to {@link LONGEST_SIDE}. */
function decodeOptions(size: Size | undefined): ImageBitmapOptions {
  const upright: ImageBitmapOptions = { imageOrientation: 'from-image' };
  if (!size) return upright;
  const scale = LONGEST_SIDE / Math.max(size.width, size.height);
  // With only the width given, the aspect ratio is kept.
  return { ...upright, resizeWidth: Math.max(1, Math.round(size.width * scale)), resizeQuality: 'high' };
}

/**
 * Decodes a picture in any format that the browser supports.
 *
 * @throws {RecognitionError} if it cannot be read
 */
export async function loadBlob(blob: Blob): Promise<PixelSource> {
  if (blob.size === 0) {
    throw new RecognitionError('unreadable-image', 'The file is empty. Pass a PNG, JPEG, WebP, GIF or SVG.');
  }
  let bytes: Uint8Array;
  let bitmap: ImageBitmap;
  try {
    bytes = await bytesOf(blob.slice(0, HEADER_LENGTH));
    if (isGif(bytes)) bytes = await bytesOf(blob);
  } catch (cause) {
    throw new RecognitionError(
      'unreadable-image',
      'The file could not be read. Perhaps it has been moved, changed or deleted since it was chosen.',
      { cause },
    );
  }
  if (isSvg(blob.type, bytes)) return loadSvg(blob);
  const header = readPictureHeader(bytes);
  if (header) checkHeader(header);
  const size = sizeIfScaled(header);
  try {
    if (await isCutOff(blob, bytes)) throw new RangeError('The PNG has no end.');
    bitmap = await createImageBitmap(blob, decodeOptions(size));
  } catch (cause) {
    if (isHeic(bytes)) {
      throw new RecognitionError(
        'unsupported-image',
        'The file is a HEIC picture, as iPhones take them, and this browser cannot decode it. Save it as a JPEG, or set the camera to "Most Compatible".',
        { cause },
      );
    }
    const file = `The file (${blob.type || 'of unknown type'}, ${blob.size} bytes)`;
    throw header
      ? new RecognitionError('unreadable-image', `${file} begins like a picture, but is damaged or truncated.`, {
          cause,
        })
      : new RecognitionError(
          'unsupported-image',
          `${file} is not a picture that this browser can decode. Pass a PNG, JPEG, WebP, GIF or SVG.`,
          { cause },
        );
  }
  try {
    return readPixels(bitmap, size);
  } finally {
    bitmap.close();
  }
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
