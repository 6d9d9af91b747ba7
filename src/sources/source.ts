import { copyStrokes, describeValue, type Strokes } from '../drawing/index.js';
import { checkPixelSource, normalizeStrokes, type NormalizedImage, type PixelSource } from '../imaging/index.js';
import { importPictures } from './import-pictures.js';
import { readPixels, type Drawable } from './read-pixels.js';
import { RecognitionError, toRecognitionError } from './recognition-error.js';

/** Everything that `recognize()` reads. */
export type RecognitionSource =
  Strokes | ImageData | HTMLCanvasElement | OffscreenCanvas | HTMLImageElement | ImageBitmap | Blob;

/** Whether a value is an instance of a global class, in a realm that may lack the class. */
function isA<Name extends keyof typeof globalThis>(value: unknown, name: Name): boolean {
  const constructor = globalThis[name] as unknown;
  try {
    return typeof constructor === 'function' && value instanceof constructor;
  } catch {
    // A proxy can refuse to tell.
    return false;
  }
}

/** What is in a source: strokes, or the pixels of a picture. */
export type SourceContent = Strokes | PixelSource;

/** Whether the content of a source is strokes. */
export function hasStrokes(content: SourceContent): content is Strokes {
  return !('data' in content);
}

/**
 * What is in a source: a copy of its strokes, or the pixels of a picture.
 *
 * @throws {DrawingError} `invalid-drawing` for an array that holds anything but strokes
 * @throws {ImagingError} when its pixels make no picture
 * @throws {RecognitionError} when any other source cannot be read
 */
export async function loadSource(source: RecognitionSource): Promise<SourceContent> {
  const content = await decode(source);
  if (!hasStrokes(content)) checkPixelSource(content);
  return content;
}

async function decode(source: RecognitionSource): Promise<SourceContent> {
  if (isList(source)) return copyStrokes(source, 'source');
  if (isA(source, 'ImageData')) return withBytes(source as ImageData);
  if (isA(source, 'Blob')) {
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
 * What was loaded of a source as the 28x28 picture that the networks take.
 *
 * @throws {RecognitionError} `network` when the code that reads pictures could not be fetched
 */
export async function normalizeContent(content: SourceContent): Promise<NormalizedImage> {
  if (hasStrokes(content)) return normalizeStrokes(content);
  return (await importPictures()).normalizePixels(content);
}

/** The pixels as bytes, also of an `ImageData` that was made with `pixelFormat: 'rgba-float16'`: 0..1 in half precision. */
function withBytes(image: ImageData): PixelSource {
  const data: unknown = image.data;
  if (data instanceof Uint8ClampedArray || !ArrayBuffer.isView(data)) return image;
  const { width, height } = image;
  return { width, height, data: Uint8ClampedArray.from(data as unknown as ArrayLike<number>, (value) => value * 255) };
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
    // A proxy that was revoked is not even asked.
    return false;
  }
}
