import type { PixelSource } from '../imaging/index.js';
import { RecognitionError } from './recognition-error.js';

/** What a canvas can draw. */
export type Drawable = HTMLCanvasElement | OffscreenCanvas | HTMLImageElement | ImageBitmap;

/**
 * Longest side in pixels at which a picture is read. A digit needs 28; the rest is room for one that is small in a
 * large photo, at 16 MB of pixels.
 */
export const LONGEST_SIDE = 2048;

/**
 * The pixels of a picture, scaled down where it is larger than {@link LONGEST_SIDE}.
 *
 * @throws {RecognitionError} `unreadable-image` when it has none, `blocked-image` when the page may not read them
 */
export function readPixels(drawable: Drawable): PixelSource {
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
