import { IMAGE_SIDE } from '../model/shapes.js';
import type { InferenceService } from '../inference/index.js';

/** Which ink made the network say a digit. */
export interface Saliency {
  readonly digit: number;
  /**
   * 28x28 values, row-major: by how much (in nats) the digit's log odds fall when the ink around a pixel is taken away.
   * Above 0: the ink speaks for the digit; below 0: against it. Odds, since the probability of a clear digit stays near 1
   * whatever single piece is missing.
   */
  readonly drops: Float32Array;
}

/** How far apart the windows lie, and how large they are, in pixels: they overlap, so that the map is not of blocks. */
const SPACING = 4;
const WINDOW = 6;

interface Window {
  readonly top: number;
  readonly left: number;
}

/** Calls back for every pixel of the picture in a window. */
function forEachPixel({ top, left }: Window, visit: (pixel: number) => void): void {
  for (let row = Math.max(0, top); row < Math.min(IMAGE_SIDE, top + WINDOW); row++) {
    for (let column = Math.max(0, left); column < Math.min(IMAGE_SIDE, left + WINDOW); column++) {
      visit(row * IMAGE_SIDE + column);
    }
  }
}

/** The logarithm of a digit's probability over that of all others. */
function logOdds(logits: Float32Array, digit: number, temperature: number): number {
  const others = logits.filter((_, index) => index !== digit);
  const largest = Math.max(...others);
  const sum = others.reduce((total, logit) => total + Math.exp((logit - largest) / temperature), 0);
  return (logits[digit] - largest) / temperature - Math.log(sum);
}

/** 49 windows, one around each square of 4x4 pixels. */
function placeWindows(): Window[] {
  const places = Array.from({ length: IMAGE_SIDE / SPACING }, (_, index) => index * SPACING - (WINDOW - SPACING) / 2);
  return places.flatMap((top) => places.map((left) => ({ top, left })));
}

/**
 * Finds which ink counts by covering it, piece by piece, with paper, and asking the network again: occlusion, as in
 * Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014. All pictures are read in one
 * batch, of at most 50.
 *
 * @param image 28x28 values as in `Recognition.image`
 * @throws {InferenceError} when the network cannot be run
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
  const pictures = new Float32Array((windows.length + 1) * image.length);
  pictures.set(image);
  windows.forEach((window, index) => {
    const covered = pictures.subarray((index + 1) * image.length, (index + 2) * image.length);
    covered.set(image);
    forEachPixel(window, (pixel) => (covered[pixel] = 0));
  });
  const logits = await service.infer(pictures, windows.length + 1, signal ? { signal } : {});
  const oddsOf = (picture: number): number =>
    logOdds(logits.subarray(picture * 10, picture * 10 + 10), digit, service.temperature);
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

/** The ink fills the middle of the picture; around it there is this much paper. */
const MARGIN = 4;

/** A ninth of the ink, by row and column: 0 is top or left, 2 is bottom or right. */
export interface Region {
  readonly row: number;
  readonly column: number;
}

/** Less than this, in nats, is no difference: odds that fall by a tenth. */
const LEAST_DROP = 0.1;

const third = (place: number): number =>
  Math.min(2, Math.max(0, Math.floor(((place - MARGIN) * 3) / (IMAGE_SIDE - 2 * MARGIN))));

/** Where the ink lies that counts most for the digit; null where no part alone makes a difference. */
export function mostSalientRegion({ drops }: Saliency, image: Float32Array): Region | null {
  const sums = new Float32Array(9);
  let largest = 0;
  drops.forEach((drop, pixel) => {
    sums[third(Math.floor(pixel / IMAGE_SIDE)) * 3 + third(pixel % IMAGE_SIDE)] += drop * image[pixel];
    if (image[pixel] > 0) largest = Math.max(largest, drop);
  });
  if (largest < LEAST_DROP) return null;
  const best = sums.indexOf(Math.max(...sums));
  return { row: Math.floor(best / 3), column: best % 3 };
}
