import { describeValue } from '../utils/index.js';
import { copyStrokes, type Strokes } from '../drawing/index.js';
import { checkPixelSource, normalizeStrokes, type NormalizedImage, type PixelSource } from '../imaging/index.js';
import { importPictures } from './import-pictures.js';
import { readPixels, type Drawable } from './read-pixels.js';
import { RecognitionError, toRecognitionError } from './recognition-error.js';

/** Everything that `recognize()` reads. */
export type RecognitionSource =
  Strokes | ImageData | HTMLCanvasElement | OffscreenCanvas | HTMLImageElement | ImageBitmap | Blob;

/** Whether a value is an instance of a global class, which the realm may lack, or of its counterpart in an iframe. */
export function isA<Name extends keyof typeof globalThis>(value: unknown, name: Name): boolean {
  const constructor = globalThis[name] as unknown;
  try {
    if (typeof constructor === 'function' && value instanceof constructor) return true;
    return Object.prototype.toString.call(value) === `[object ${name}]`;
  } catch {
    // A proxy may throw.
    return false;
  }
}

/** The content of a source: strokes, or the pixels of a picture. */
export type SourceContent = Strokes | PixelSource;

/** Whether a source contains strokes. */
export function hasStrokes(content: SourceContent): content is Strokes {
  return !('data' in content);
}

/**
 * Loads the content of a source: a copy of its strokes, or the pixels of a picture.
 *
 * @throws {DrawingError} `invalid-drawing` for an array of anything but strokes
 * @throws {ImagingError} if its pixels are invalid
 * @throws {RecognitionError} if any other source cannot be read
 */
export async function loadSource(source: RecognitionSource): Promise<SourceContent> {
  const content = await decode(source);
  if (!hasStrokes(content)) checkPixelSource(content);
  return content;
}

async function decode(source: RecognitionSource): Promise<SourceContent> {
  if (isList(source)) return copyStrokes(source, 'source');
  if (isA(source, 'ImageData')) return copyPixels(source as ImageData);
  if (isA(source, 'Blob') || isA(source, 'File')) {
    const { loadBlob } = await importPictures();
    try {
      return await loadBlob(source as Blob);
    } catch (error) {
      throw toRecognitionError(error);
    }
  }
  if (isA(source, 'HTMLImageElement')) {
    await decodeElement(source as HTMLImageElement);
    return readPixels(source as HTMLImageElement);
  }
  if (isA(source, 'HTMLCanvasElement') || isA(source, 'OffscreenCanvas') || isA(source, 'ImageBitmap')) {
    return readPixels(source as Drawable);
  }
  throw new RecognitionError(
    'unsupported-source',
    `Cannot recognize ${describeValue(source)}. Pass strokes, an ImageData, a canvas, an image element, an ImageBitmap or a Blob.`,
  );
}

/**
 * Normalizes the loaded content of a source to the networks' 28x28 input.
 *
 * @throws {RecognitionError} `network` if the code that reads pictures could not be fetched
 */
export async function normalizeContent(content: SourceContent): Promise<NormalizedImage> {
  if (hasStrokes(content)) return normalizeStrokes(content);
  return (await importPictures()).normalizePixels(content);
}

/**
 * Copies an `ImageData`, since the page may change it before it is read. Values of `pixelFormat: 'rgba-float16'` (0..1 in
 * half precision) become bytes.
 */
function copyPixels(image: ImageData): PixelSource {
  checkPixelSource(image);
  const { width, height, data } = image;
  const bytes = isA(data, 'Uint8ClampedArray')
    ? data.slice()
    : Uint8ClampedArray.from(data as ArrayLike<number>, (value) => value * 255);
  return { width, height, data: bytes };
}

async function decodeElement(image: HTMLImageElement): Promise<void> {
  try {
    await image.decode();
  } catch (cause) {
    throw new RecognitionError(
      'unreadable-image',
      `The image element's picture (${image.currentSrc || image.src || 'no src'}) could not be loaded or decoded.`,
      { cause },
    );
  }
}

function isList(source: unknown): boolean {
  try {
    return Array.isArray(source);
  } catch {
    // `Array.isArray` throws for a revoked proxy.
    return false;
  }
}
