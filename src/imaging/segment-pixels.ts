import { boxAround, type Box } from './box.js';
import { connectInk } from './connected-ink.js';
import { findInk, normalizeInk } from './normalize-pixels.js';
import type { PixelSource } from './pixel-source.js';
import type { Plane } from './plane.js';
import {
  digitHeight,
  fromLeftToRight,
  LEAST_WIDTH,
  MOST_CUTS,
  WIDE,
  type Piece,
  type Segmentation,
} from './segmentation.js';

/** Connected ink, or what lies of it between two cuts: the columns from `left` up to, but without, `right`. */
interface Part extends Piece {
  readonly label: number;
  readonly left: number;
  readonly right: number;
}

/** A column is a place to cut at only where it has less ink than this share of the mean column. */
const THIN = 1.0;

/** Ink fainter than this joins nothing: it is the blur between two digits. */
const SOLID_INK = 0.3;

/** Tells one picture's parts from another's. */
let segmented = 0;

/** Gives the faint ink to the solid ink that it touches, step by step; what touches none keeps 0. */
function spread(labels: Int32Array, { data, width, height }: Plane): void {
  let border = [...labels.keys()].filter((pixel) => labels[pixel] !== 0);
  while (border.length > 0) {
    const next: number[] = [];
    for (const pixel of border) {
      const column = pixel % width;
      const neighbours = [
        column > 0 ? pixel - 1 : -1,
        column < width - 1 ? pixel + 1 : -1,
        pixel - width,
        pixel < width * (height - 1) ? pixel + width : -1,
      ];
      for (const neighbour of neighbours) {
        if (neighbour < 0 || labels[neighbour] !== 0 || data[neighbour] === 0) continue;
        labels[neighbour] = labels[pixel];
        next.push(neighbour);
      }
    }
    border = next;
  }
}

/** The box around each piece, by its number. */
function boxes(labels: Int32Array, count: number, { width }: Plane): Box[] {
  const found = Array.from({ length: count }, () => ({ left: Infinity, top: Infinity, right: 0, bottom: 0 }));
  labels.forEach((label, pixel) => {
    const edges = found[label];
    const column = pixel % width;
    const row = (pixel - column) / width;
    if (column < edges.left) edges.left = column;
    if (column >= edges.right) edges.right = column + 1;
    if (row < edges.top) edges.top = row;
    if (row >= edges.bottom) edges.bottom = row + 1;
  });
  return found.map(({ left, top, right, bottom }) => ({ x: left, y: top, width: right - left, height: bottom - top }));
}

/** Columns of a wide piece where two digits may touch: those with least ink in their surroundings. */
function cutColumns(plane: Plane, labels: Int32Array, label: number, box: Box, height: number): number[] {
  if (box.width <= WIDE * height) return [];
  const ink = Array.from({ length: box.width }, (_, column) => {
    let sum = 0;
    for (let row = box.y; row < box.y + box.height; row++) {
      const pixel = row * plane.width + box.x + column;
      if (labels[pixel] === label) sum += plane.data[pixel];
    }
    return sum;
  });
  const mean = ink.reduce((sum, value) => sum + value, 0) / ink.length;
  const apart = Math.max(1, Math.round(LEAST_WIDTH * height));
  const places = ink.map((value, column) => ({ value, column }));
  const chosen: number[] = [];
  for (const { value, column } of places.sort((a, b) => a.value - b.value)) {
    if (value > THIN * mean || chosen.length === MOST_CUTS) break;
    const inside = column >= apart && column <= box.width - apart;
    if (inside && chosen.every((other) => Math.abs(other - column) >= apart)) chosen.push(column);
  }
  return chosen.sort((a, b) => a - b).map((column) => box.x + column);
}

/** The ink of the parts, and of nothing else. */
function inkOf(plane: Plane, labels: Int32Array, parts: readonly Part[]): Plane {
  const data = new Float32Array(plane.data.length);
  for (const { label, left, right, box } of parts) {
    for (let row = box.y; row < box.y + box.height; row++) {
      for (let column = left; column < right; column++) {
        const pixel = row * plane.width + column;
        if (labels[pixel] === label) data[pixel] = plane.data[pixel];
      }
    }
  }
  return { ...plane, data };
}

/**
 * The ink of a picture of a number in pieces, from left to right: connected ink, which is cut where it is far wider than
 * the digits are tall.
 *
 * @returns null when there is no ink
 * @throws {ImagingError} when the pixels make no picture
 */
export function segmentPixels(source: PixelSource): Segmentation | null {
  const found = findInk(source);
  if (found === null) return null;
  const picture = (segmented += 1);
  const { plane, factor } = found;
  const { labels, masses } = connectInk({ ...plane, data: plane.data.map((ink) => (ink < SOLID_INK ? 0 : ink)) });
  spread(labels, plane);
  const [, ...ink] = boxes(labels, masses.length, plane);
  const height = digitHeight(ink);
  const parts: Part[] = ink
    .flatMap((box, index) => {
      const label = index + 1;
      const edges = [box.x, ...cutColumns(plane, labels, label, box, height), box.x + box.width];
      return edges.slice(1).map((right, part) => {
        const left = edges[part];
        return { label, left, right, box: { ...box, x: left, width: right - left }, joined: part > 0 };
      });
    })
    .sort(fromLeftToRight);
  const scaled = ({ x, y, width, height: tall }: Box): Box => ({
    x: x * factor,
    y: y * factor,
    width: width * factor,
    height: tall * factor,
  });
  return {
    pieces: parts.map(({ box, joined, label }, index) => ({
      box: scaled(box),
      joined: joined && parts[index - 1]?.label === label,
    })),
    height: height * factor,
    image: (first, last) => {
      const chosen = parts.slice(first, last + 1);
      const image = normalizeInk({ plane: inkOf(plane, labels, chosen), factor });
      return { ...image, box: scaled(boxAround(chosen.map(({ box }) => box))) };
    },
    key: (first, last) => `picture ${picture}: ${first} ${last}`,
  };
}
