/** Small scans: pictures as they are cut out of scanned forms, without a margin, often of one bit. */
import type { PixelSource } from '../../../src/imaging/pixel-source.js';
import { grayPicture } from './gray-picture.js';
import type { Random } from './random.js';

/** Ink above this share counts as ink, for the box around it. */
const MIN_INK = 0.1;

/** Range of a scan's longer side, in pixels. */
const SIDES = [12, 32] as const;

/** Samples per pixel and axis. */
const SAMPLES = 4;

interface InkBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Returns the box around the ink of a square image, or null if it is blank. */
function findBox(ink: Float32Array, side: number): InkBox | null {
  let [left, top, right, bottom] = [side, side, 0, 0];
  for (let pixel = 0; pixel < ink.length; pixel++) {
    if (ink[pixel] <= MIN_INK) continue;
    const column = pixel % side;
    const row = (pixel - column) / side;
    [left, top] = [Math.min(left, column), Math.min(top, row)];
    [right, bottom] = [Math.max(right, column + 1), Math.max(bottom, row + 1)];
  }
  return right > left ? { left, top, width: right - left, height: bottom - top } : null;
}

/**
 * Scans an image: cropped to its ink, 12 to 32 pixels long, half of the time stretched to a square, half of the time of
 * one bit. Returns null if it is blank.
 *
 * @param ink of a square image, 0..1
 */
export function scan(ink: Float32Array, side: number, random: Random): PixelSource | null {
  const box = findBox(ink, side);
  if (!box) return null;
  const longest = random.whole(...SIDES);
  const isSquare = random.chance(0.5);
  const hasOneBit = random.chance(0.5);
  const sideOf = (length: number): number =>
    isSquare ? longest : Math.max(4, Math.round((longest * length) / Math.max(box.width, box.height)));
  const [width, height] = [sideOf(box.width), sideOf(box.height)];
  return grayPicture(width, height, (row, column) => {
    let sum = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
      const x = box.left + ((column + ((sample % SAMPLES) + 0.5) / SAMPLES) * box.width) / width;
      const y = box.top + ((row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) * box.height) / height;
      sum += ink[Math.floor(y) * side + Math.floor(x)];
    }
    const mean = sum / (SAMPLES * SAMPLES);
    return 255 * (1 - (hasOneBit ? Number(mean > 0.5) : mean));
  });
}
