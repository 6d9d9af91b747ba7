import type { Size } from '../drawing/index.js';
import type { PixelSource } from '../imaging/index.js';
import { RecognitionError } from './recognition-error.js';

/** Sources that a canvas can draw. */
export type Drawable = HTMLCanvasElement | OffscreenCanvas | HTMLImageElement | ImageBitmap;

/**
 * Longest side in pixels at which a picture is read. A digit needs 28; the rest allows for a small digit in a large
 * photo, at 16 MB of pixels.
 */
export const LONGEST_SIDE = 2048;

/**
 * Reads the pixels of a picture, scaled down if it is larger than {@link LONGEST_SIDE}.
 *
 * @param original the picture's own size if the drawable is already scaled
 * @throws {RecognitionError} `unreadable-image` if it has none, `blocked-image` if the page may not read them
 */
export function readPixels(drawable: Drawable, original?: Size): PixelSource {
  const size = naturalSize(drawable);
  const { width, height } = size;
  if (width === 0 || height === 0) {
    throw new RecognitionError('unreadable-image', `The picture is empty: it is ${width} by ${height} pixels.`);
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const context = createContext(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  context.imageSmoothingQuality = 'high';
  context.drawImage(drawable, 0, 0, context.canvas.width, context.canvas.height);
  let pixels: ImageData;
  try {
    pixels = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  } catch (cause) {
    throw new RecognitionError(
      'blocked-image',
      "The picture comes from another origin, so the page may not read its pixels. Serve it with CORS headers and set crossorigin='anonymous' on the image.",
      { cause },
    );
  }
  checkReadback();
  return { data: pixels.data, width: pixels.width, height: pixels.height, original: original ?? size };
}

/** Two alternating levels, which no browser that returns the real pixels can confuse. */
const PROBE = [16, 240, 16, 240, 240, 16, 240, 16];

/** How far a value may be off: some browsers add noise too weak to affect a picture. */
const TOLERANCE = 32;

let trusted = false;

/**
 * Checks that a canvas returns what was drawn. Under Firefox's `privacy.resistFingerprinting`, until the user allows
 * it, and in other browsers that protect against fingerprinting, it returns white or noise, which would be read as a
 * blank picture.
 *
 * @throws {RecognitionError} `blocked-image` if it does not
 */
function checkReadback(): void {
  if (trusted) return;
  const context = createContext(PROBE.length, 1);
  for (const [x, level] of PROBE.entries()) {
    context.fillStyle = `rgb(${level}, ${level}, ${level})`;
    context.fillRect(x, 0, 1, 1);
  }
  const { data } = context.getImageData(0, 0, PROBE.length, 1);
  // Cached once allowed; until then the user may allow it at any time.
  trusted = PROBE.every((level, x) => Math.abs(data[4 * x] - level) <= TOLERANCE);
  if (trusted) return;
  throw new RecognitionError(
    'blocked-image',
    "The browser does not return what is drawn on a canvas, to protect its user from fingerprinting (such as Firefox's privacy.resistFingerprinting). Ask the user to allow the page to read canvases, or pass strokes or an ImageData.",
  );
}

function naturalSize(drawable: Drawable): Size {
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
    throw new RecognitionError('unreadable-image', 'The browser provides no 2D canvas for reading the picture.');
  }
  return context;
}
