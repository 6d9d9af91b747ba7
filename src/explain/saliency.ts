import { DIGITS, IMAGE_SIDE } from '../model/index.js';
import type { InferenceService } from '../inference/index.js';

/** Which ink led the network to a digit. */
export interface Saliency {
  readonly digit: number;
  /**
   * 28x28 values, row-major: how much (in nats) the digit's log odds drop when the ink around a pixel is removed. Above
   * 0 the ink is evidence for the digit, below 0 against it. Odds, since the probability of a clear digit stays near 1
   * whichever single piece is missing.
   */
  readonly drops: Float32Array;
}

/** Stride and size of the windows in pixels: they overlap, so that the map does not look blocky. */
const SPACING = 4;
const WINDOW = 6;

interface Window {
  readonly top: number;
  readonly left: number;
}

/** Calls back for every pixel of the image in a window. */
function forEachPixel({ top, left }: Window, visit: (pixel: number) => void): void {
  for (let row = Math.max(0, top); row < Math.min(IMAGE_SIDE, top + WINDOW); row++) {
    for (let column = Math.max(0, left); column < Math.min(IMAGE_SIDE, left + WINDOW); column++) {
      visit(row * IMAGE_SIDE + column);
    }
  }
}

/** Returns the logarithm of a digit's probability over that of all others. */
function logOdds(logits: Float32Array, digit: number, temperature: number): number {
  const others = logits.filter((_, index) => index !== digit);
  const largest = Math.max(...others);
  const sum = others.reduce((total, logit) => total + Math.exp((logit - largest) / temperature), 0);
  return (logits[digit] - largest) / temperature - Math.log(sum);
}

/** Returns 49 windows, one around each square of 4x4 pixels. */
function placeWindows(): Window[] {
  const starts = Array.from({ length: IMAGE_SIDE / SPACING }, (_, index) => index * SPACING - (WINDOW - SPACING) / 2);
  return starts.flatMap((top) => starts.map((left) => ({ top, left })));
}

/**
 * Finds which ink matters by covering it, piece by piece, with paper, and running the network again: occlusion, as in
 * Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014. All images are run in one
 * batch, of at most 50.
 *
 * @param image 28x28 values as in `Recognition.image`
 * @throws {InferenceError} if the network cannot be run
 */
export async function occlusionSaliency(
  image: Float32Array,
  digit: number,
  service: Pick<InferenceService, 'infer' | 'temperature'>,
  signal?: AbortSignal,
): Promise<Saliency> {
  const all = placeWindows();
  const windows = all.filter((window) => {
    let inked = false;
    forEachPixel(window, (pixel) => (inked ||= image[pixel] > 0));
    return inked;
  });
  const images = new Float32Array((windows.length + 1) * image.length);
  images.set(image);
  windows.forEach((window, index) => {
    const covered = images.subarray((index + 1) * image.length, (index + 2) * image.length);
    covered.set(image);
    forEachPixel(window, (pixel) => (covered[pixel] = 0));
  });
  const logits = await service.infer(images, windows.length + 1, signal ? { signal } : {});
  const oddsOf = (index: number): number =>
    logOdds(logits.subarray(index * DIGITS, (index + 1) * DIGITS), digit, service.temperature);
  const whole = oddsOf(0);
  const drops = new Float32Array(image.length);
  const covers = new Float32Array(image.length);
  for (const window of all) forEachPixel(window, (pixel) => (covers[pixel] += 1));
  windows.forEach((window, index) => {
    const drop = whole - oddsOf(index + 1);
    forEachPixel(window, (pixel) => (drops[pixel] += drop / covers[pixel]));
  });
  return { digit, drops };
}

/** Width in pixels of the blank border around the ink. */
const MARGIN = 4;

/** A ninth of the ink area, by row and column: 0 is top or left, 2 is bottom or right. */
export interface Region {
  readonly row: number;
  readonly column: number;
}

/** Smaller drops, in nats, are negligible: here the odds fall by a tenth. */
const MIN_DROP = 0.1;

const third = (position: number): number =>
  Math.min(2, Math.max(0, Math.floor(((position - MARGIN) * 3) / (IMAGE_SIDE - 2 * MARGIN))));

/** Returns the region whose ink matters most for the digit; null if no part alone makes a difference. */
export function mostSalientRegion({ drops }: Saliency, image: Float32Array): Region | null {
  const sums = new Float32Array(9);
  let largest = 0;
  drops.forEach((drop, pixel) => {
    sums[third(Math.floor(pixel / IMAGE_SIDE)) * 3 + third(pixel % IMAGE_SIDE)] += drop * image[pixel];
    if (image[pixel] > 0) largest = Math.max(largest, drop);
  });
  if (largest < MIN_DROP) return null;
  const most = Math.max(...sums);
  // Regions without ink sum to 0.
  if (most <= 0) return null;
  const best = sums.indexOf(most);
  return { row: Math.floor(best / 3), column: best % 3 };
}
