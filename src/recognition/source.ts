import { copyStrokes, isStrokes, type Strokes } from '../drawing/index.js';
import {
  normalizePixels,
  normalizeStrokes,
  segmentPixels,
  segmentStrokes,
  type NormalizedImage,
  type PixelSource,
  type Segmentation,
} from '../imaging/index.js';
import { RecognitionError } from './recognition-error.js';

/** Everything that `recognize()` reads. */
export type RecognitionSource =
  Strokes | ImageData | HTMLCanvasElement | OffscreenCanvas | HTMLImageElement | ImageBitmap | Blob;

type Drawable = HTMLCanvasElement | OffscreenCanvas | HTMLImageElement | ImageBitmap;

/**
 * Longest side in pixels at which a picture is read. A digit needs 28; the rest is room for one that is small in a
 * large photo, at 16 MB of pixels.
 */
const LONGEST_SIDE = 2048;

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

/**
 * What is in a source: strokes as they are, or the pixels of a picture.
 *
 * @throws {RecognitionError} when the source cannot be read
 */
export async function loadSource(source: RecognitionSource): Promise<Strokes | PixelSource> {
  if (Array.isArray(source)) {
    const strokes = readStrokes(source);
    if (strokes) return strokes;
  }
  if (isA(source, 'ImageData')) return source as ImageData;
  if (isA(source, 'Blob')) return loadBlob(source as Blob);
  if (isA(source, 'HTMLImageElement')) {
    await decodeElement(source as HTMLImageElement);
    return readPixels(source as HTMLImageElement);
  }
  if (isA(source, 'HTMLCanvasElement') || isA(source, 'OffscreenCanvas') || isA(source, 'ImageBitmap')) {
    return readPixels(source as Drawable);
  }
  throw new RecognitionError(
    'unsupported-source',
    `Cannot recognize ${describe(source)}. Pass strokes, an ImageData, a canvas, an image element, an ImageBitmap or a Blob.`,
  );
}

/**
 * What is in a source as the 28x28 picture that the networks take.
 *
 * @throws {ImagingError} when its pixels make no picture
 */
export function normalizeContent(content: Strokes | PixelSource): NormalizedImage {
  return isStrokes(content) ? normalizeStrokes(content) : normalizePixels(content);
}

/**
 * What is in a source in pieces that several digits may be made of; null when there is no ink.
 *
 * @throws {ImagingError} when its pixels make no picture
 */
export function segmentContent(content: Strokes | PixelSource): Segmentation | null {
  return isStrokes(content) ? segmentStrokes(content) : segmentPixels(content);
}

/** Scripts can make strokes of which a part throws when it is read, or is never the same. */
function readStrokes(source: readonly unknown[]): Strokes | null {
  try {
    return copyStrokes(source);
  } catch (cause) {
    throw new RecognitionError('unsupported-source', `The strokes cannot be read: ${String(cause)}`, { cause });
  }
}

async function loadBlob(blob: Blob): Promise<PixelSource> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob);
  } catch (cause) {
    throw new RecognitionError(
      'unreadable-image',
      `The file (${blob.type || 'of unknown type'}, ${blob.size} bytes) is not a picture that this browser can decode. Pass a PNG, JPEG, WebP or GIF.`,
      { cause },
    );
  }
  try {
    return readPixels(bitmap);
  } finally {
    bitmap.close();
  }
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

function readPixels(drawable: Drawable): PixelSource {
  const { width, height } = naturalSize(drawable);
  if (width === 0 || height === 0) {
    throw new RecognitionError('unreadable-image', `The picture is empty: it is ${width} by ${height} pixels.`);
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const context = createContext(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  context.imageSmoothingQuality = 'high';
  context.drawImage(drawable, 0, 0, context.canvas.width, context.canvas.height);
  try {
    return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  } catch (cause) {
    throw new RecognitionError(
      'blocked-image',
      "The picture comes from another origin, so the page may not read its pixels. Serve it with CORS headers and set crossorigin='anonymous' on the image.",
      { cause },
    );
  }
}

function naturalSize(drawable: Drawable): { width: number; height: number } {
  return 'naturalWidth' in drawable
    ? { width: drawable.naturalWidth, height: drawable.naturalHeight }
    : { width: drawable.width, height: drawable.height };
}

function createContext(width: number, height: number): OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D {
  const settings: CanvasRenderingContext2DSettings = { willReadFrequently: true };
  if (typeof OffscreenCanvas === 'function') {
    const context = new OffscreenCanvas(width, height).getContext('2d', settings);
    if (context) return context;
  }
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', settings);
  if (!context) {
    throw new RecognitionError('unreadable-image', 'The browser gave no 2D canvas to read the picture with.');
  }
  return context;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  try {
    return `an object of type ${value.constructor?.name ?? 'unknown'}`;
  } catch {
    return 'an object that cannot be read';
  }
}
