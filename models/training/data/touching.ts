/**
 * Digits as the product cuts them out of pictures of numbers: with a stub of a neighbor, or without a part of their own
 * ink; and what it cuts wrongly, such as halves of digits. The product tries many cuts and lets the network decide.
 */
import { normalizePixels } from '../../../src/imaging/normalize-pixels.js';
import type { PixelSource } from '../../../src/imaging/pixel-source.js';
import { rasterizeStrokes } from '../../../src/imaging/rasterize-strokes.js';
import { segmentPixels } from '../../../src/imaging/segment-pixels.js';
import { IMAGE_SIDE } from '../../../src/model/shapes.js';
import { possibleRuns } from '../../../src/recognition/best-runs.js';
import { resample, toUnitBox, type Path, type Point } from './geometry.js';
import { grayPicture } from './gray-picture.js';
import type { DrawnDigit } from './non-digits.js';
import type { Random } from './random.js';
import { varyStrokes } from './variation.js';

/** An image cut out of a number, and its digit; null if it is a non-digit. */
export interface Cutting {
  readonly pixels: Float32Array;
  readonly digit: number | null;
}

/** An image this similar to that of a digit alone (the cosine of their blurred pixels) is that digit, ... */
const MIN_SIMILAR = 0.95;

/** ... and one that is at most this similar to any of the digits is a non-digit. */
const MAX_OTHER = 0.8;

/** Ranges of the digits' height in pixels, their pen as a share of it, and the margin around them. */
const HEIGHTS = [24, 110] as const;
const PENS = [0.05, 0.17] as const;
const MARGIN = 0.4;

/** Distance between points by which contact is found, as a share of the digits' height. */
const SPACING = 0.03;

const move = (paths: readonly Path[], right: number, down: number): Path[] =>
  paths.map((path) => path.map(({ x, y }) => ({ x: x + right, y: y + down })));

const extent = (paths: readonly Path[]): { left: number; right: number; top: number; bottom: number } => {
  const points = paths.flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
};

/** Returns a digit one unit tall, or as wide as it must be if it is flat, standing on y = 0, from x = 0. */
function standing(strokes: readonly Path[]): Path[] {
  const unit = toUnitBox(strokes);
  const { left, bottom, top, right } = extent(unit);
  const scale = 1 / Math.max(bottom - top, (right - left) / 2, 1e-9);
  return unit.map((path) => path.map(({ x, y }) => ({ x: (x - left) * scale, y: (y - bottom) * scale })));
}

/** Returns how far right `next` must be for its distance from `before` to be `gap`. */
function offsetAt(before: readonly Path[], next: readonly Path[], gap: number): number {
  const dense = (paths: readonly Path[]): Point[] => paths.flatMap((path) => resample(path, SPACING));
  const others = dense(next);
  let offset = -Infinity;
  for (const one of dense(before)) {
    for (const other of others) {
      const apart = Math.abs(one.y - other.y);
      if (apart < gap) offset = Math.max(offset, one.x - other.x + Math.sqrt(gap * gap - apart * apart));
    }
  }
  return offset;
}

/** Places digits side by side, most of them touching. */
function place(digits: readonly DrawnDigit[], pen: number, random: Random): Path[][] {
  const placed: Path[][] = [];
  for (const { digit, strokes } of digits) {
    const size = Math.exp(random.normal(0.08)) * (digit === 0 && random.chance(0.3) ? random.between(0.45, 0.75) : 1);
    const drawn = random.chance(0.5) ? varyStrokes(strokes, random).strokes : strokes;
    const one = standing(drawn).map((path) => path.map(({ x, y }) => ({ x: x * size, y: y * size })));
    const lowered = move(one, 0, random.normal(0.05));
    const before = placed.at(-1);
    if (!before) {
      placed.push(lowered);
      continue;
    }
    const contact = random.chance(0.75) ? random.between(0.01, pen) : random.between(pen, 0.2);
    const offset = offsetAt(before, lowered, contact);
    const overlap = random.chance(0.25) ? random.between(0, 0.12) : 0;
    placed.push(move(lowered, (offset === -Infinity ? extent(before).right : offset) - overlap, 0));
  }
  const slant = random.normal(0.12);
  const slope = random.normal(0.06);
  return placed.map((paths) =>
    paths.map((path) => path.map(({ x, y }) => ({ x: x - slant * y, y: y + slope * x }))),
  );
}

/** Averages an image over 5x5 pixels: digits that are a little displaced remain similar. */
function blur(pixels: Float32Array): Float32Array {
  const sums = new Float32Array(pixels.length);
  for (let index = 0; index < pixels.length; index++) {
    if (pixels[index] === 0) continue;
    const [row, column] = [Math.floor(index / IMAGE_SIDE), index % IMAGE_SIDE];
    for (let y = Math.max(0, row - 2); y <= Math.min(IMAGE_SIDE - 1, row + 2); y++) {
      for (let x = Math.max(0, column - 2); x <= Math.min(IMAGE_SIDE - 1, column + 2); x++) sums[y * IMAGE_SIDE + x] += pixels[index];
    }
  }
  return sums;
}

/** The cosine of two images. */
function similarity(one: Float32Array, other: Float32Array): number {
  let [both, own, others] = [0, 0, 0];
  for (let index = 0; index < one.length; index++) {
    both += one[index] * other[index];
    own += one[index] ** 2;
    others += other[index] ** 2;
  }
  return both / (Math.sqrt(own * others) || 1);
}

/** Draws two or three digits as a picture, and returns what the product cuts out of it. */
export function cutOut(digits: readonly DrawnDigit[], random: Random): Cutting[] {
  const pen = random.between(...PENS);
  const height = random.between(...HEIGHTS);
  const placed = place(digits, pen, random);
  const { left, right, top, bottom } = extent(placed.flat());
  const [width, tall] = [right - left, bottom - top].map((side) => Math.ceil((side + 2 * MARGIN) * height));
  const size = Math.max(width, tall);
  const softness = random.between(0.6, 2);
  const black = random.between(100, 255);
  const draw = (paths: readonly Path[]): PixelSource => {
    const strokes = paths.map((path) => ({
      points: path.map(({ x, y }) => ({ x: (x - left + MARGIN) * height, y: (y - top + MARGIN) * height })),
    }));
    const ink = rasterizeStrokes(strokes, size, { width: Math.max(1.2, pen * height), softness }).data;
    return grayPicture(width, tall, (row, column) => 255 - black * ink[row * size + column]);
  };
  const segmentation = segmentPixels(draw(placed.flat()));
  if (!segmentation) return [];
  const alone = placed.map((paths) => blur(normalizePixels(draw(paths)).pixels));
  return possibleRuns(segmentation).flatMap(({ first, last }): Cutting[] => {
    const image = segmentation.image(first, last);
    if (image.blank) return [];
    const similarities = alone.map((pixels) => similarity(pixels, blur(image.pixels)));
    const most = Math.max(...similarities);
    if (most >= MIN_SIMILAR) return [{ pixels: image.pixels, digit: digits[similarities.indexOf(most)].digit }];
    return most <= MAX_OTHER ? [{ pixels: image.pixels, digit: null }] : [];
  });
}
