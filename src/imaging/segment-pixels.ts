import type { Box } from './box.js';
import { connectInk } from './connected-ink.js';
import { findSlant, type InkPoint } from './find-slant.js';
import { findSeams } from './find-seams.js';
import { findInk, normalizeInk } from './normalize-pixels.js';
import type { PixelSource } from './pixel-source.js';
import type { Plane } from './plane.js';
import { digitHeight, firstRowEnd, fromLeftToRight, type Piece, type Segmentation } from './segmentation.js';

/** A connected component, or the part of it between two seams. */
interface Part extends Piece {
  readonly label: number;
  /** The deslanted columns that it spans in each row of the plane: from `left`, up to but excluding `right`. */
  readonly left: (row: number) => number;
  readonly right: (row: number) => number;
}

/** A component wider than this share of the digits' height may be two touching digits. */
const MIN_TOUCHING_WIDTH = 0.6;

/** Minimum width of a digit next to a cut, as a share of the height. */
const MIN_WIDTH = 0.1;

/** Cuts to try in a component as wide as the digits are tall, ... */
const CUTS = 4;

/** ... and in any component. */
const MAX_CUTS = 30;

/** Fainter ink does not connect: it is the blur between two digits. */
const SOLID_INK = 0.3;

/** Counts pictures, to identify their parts. */
let pictureCount = 0;

/** Assigns faint ink to the solid ink that it touches, step by step; if it touches none, its label remains 0. */
function spreadLabels(labels: Int32Array, { data, width, height }: Plane): void {
  let border = [...labels.keys()].filter((pixel) => labels[pixel] !== 0);
  while (border.length > 0) {
    const next: number[] = [];
    for (const pixel of border) {
      const column = pixel % width;
      const neighbors = [
        column > 0 ? pixel - 1 : -1,
        column < width - 1 ? pixel + 1 : -1,
        pixel - width,
        pixel < width * (height - 1) ? pixel + width : -1,
      ];
      for (const neighbor of neighbors) {
        if (neighbor < 0 || labels[neighbor] !== 0 || data[neighbor] === 0) continue;
        labels[neighbor] = labels[pixel];
        next.push(neighbor);
      }
    }
    border = next;
  }
}

/** Returns the deslanted column of a pixel, possibly below 0. */
const deslantedColumn = (slant: number, column: number, row: number): number => column + Math.round(slant * row);

/** Returns the bounding box of each component, by its label. */
function boxes(labels: Int32Array, count: number, { width }: Plane, slant: number): Box[] {
  const found = Array.from({ length: count }, () => ({ left: Infinity, top: Infinity, right: -Infinity, bottom: 0 }));
  labels.forEach((label, pixel) => {
    if (label === 0) return;
    const edges = found[label];
    const row = Math.floor(pixel / width);
    const column = deslantedColumn(slant, pixel % width, row);
    if (column < edges.left) edges.left = column;
    if (column >= edges.right) edges.right = column + 1;
    if (row < edges.top) edges.top = row;
    if (row >= edges.bottom) edges.bottom = row + 1;
  });
  return found.map(({ left, top, right, bottom }) => ({ x: left, y: top, width: right - left, height: bottom - top }));
}

/** Calls `callback` for each pixel of a part. */
function eachPixel(
  { width }: Plane,
  labels: Int32Array,
  { label, left, right, box }: Pick<Part, 'label' | 'left' | 'right' | 'box'>,
  slant: number,
  callback: (pixel: number, column: number, row: number) => void,
): void {
  for (let row = box.y; row < box.y + box.height; row++) {
    const lean = deslantedColumn(slant, 0, row);
    const end = Math.min(right(row), box.x + box.width, width + lean);
    for (let column = Math.max(left(row), box.x, lean); column < end; column++) {
      const pixel = row * width + column - lean;
      if (labels[pixel] === label) callback(pixel, column, row);
    }
  }
}

/** Returns a component in parts, cut where two digits may touch. */
function partsOf(plane: Plane, labels: Int32Array, label: number, box: Box, height: number, slant: number): Part[] {
  const whole = { label, left: () => -Infinity, right: () => Infinity, box, joined: false };
  if (box.width <= MIN_TOUCHING_WIDTH * height) return [whole];
  const ink = { data: new Float32Array(box.width * box.height), width: box.width, height: box.height };
  eachPixel(plane, labels, whole, slant, (pixel, column, row) => {
    ink.data[(row - box.y) * box.width + column - box.x] = plane.data[pixel];
  });
  const apart = Math.max(1, Math.round(MIN_WIDTH * height));
  const most = Math.min(MAX_CUTS, Math.round((CUTS * box.width) / height));
  const edges = findSeams(ink, height, apart, most).map((seam) => (row: number) => box.x + seam[row - box.y]);
  return [...edges, whole.right].flatMap((right, index) => {
    const part = { ...whole, left: edges[index - 1] ?? whole.left, right, joined: index > 0 };
    const own = boxOfPart(plane, labels, part, slant);
    return own ? [{ ...part, box: own }] : [];
  });
}

/** Returns the bounding box of a part; null if it is empty. */
function boxOfPart(plane: Plane, labels: Int32Array, part: Part, slant: number): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  eachPixel(plane, labels, part, slant, (_, column, row) => {
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
  });
  return right > left ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** Returns only the ink of these parts. */
function inkOf(plane: Plane, labels: Int32Array, parts: readonly Part[], slant: number): Plane {
  const data = new Float32Array(plane.data.length);
  for (const part of parts) eachPixel(plane, labels, part, slant, (pixel) => (data[pixel] = plane.data[pixel]));
  return { ...plane, data };
}

/** Returns only the ink of these parts, cropped, with its position. */
function croppedInkOf(plane: Plane, labels: Int32Array, parts: readonly Part[], slant: number): Plane & Box {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const part of parts) {
    eachPixel(plane, labels, part, slant, (pixel) => {
      const column = pixel % plane.width;
      const row = (pixel - column) / plane.width;
      if (column < left) left = column;
      if (column >= right) right = column + 1;
      if (row < top) top = row;
      if (row >= bottom) bottom = row + 1;
    });
  }
  const [width, height] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  const data = new Float32Array(width * height);
  for (const part of parts) {
    eachPixel(plane, labels, part, slant, (pixel) => {
      const column = pixel % plane.width;
      data[((pixel - column) / plane.width - top) * width + column - left] = plane.data[pixel];
    });
  }
  return { data, width, height, x: left, y: top };
}

/** Maximum number of points to estimate the slant from. */
const SLANT_POINTS = 4000;

function inkPoints({ data, width }: Plane, labels: Int32Array): InkPoint[] {
  const pixels = [...data.keys()].filter((pixel) => data[pixel] > SOLID_INK);
  const stride = Math.ceil(pixels.length / SLANT_POINTS);
  return pixels
    .filter((_, index) => index % stride === 0)
    .map((pixel) => ({ x: pixel % width, y: Math.floor(pixel / width), piece: labels[pixel] }));
}

/**
 * Segments a picture of a number from left to right: into connected components, which are cut if they are far wider
 * than the digits are tall.
 *
 * Of several rows of numbers, only the first is used.
 *
 * @returns null if there is no ink
 * @throws {ImagingError} if the pixels are not a valid picture
 */
export function segmentPixels(source: PixelSource): Segmentation | null {
  const found = findInk(source);
  if (found === null) return null;
  const picture = (pictureCount += 1);
  const { plane, factor } = found;
  const { labels, masses } = connectInk({ ...plane, data: plane.data.map((ink) => (ink < SOLID_INK ? 0 : ink)) });
  if (masses.length === 1) return null;
  spreadLabels(labels, plane);
  const height = digitHeight(boxes(labels, masses.length, plane, 0).slice(1));
  const slant = findSlant(inkPoints(plane, labels));
  const ink = boxes(labels, masses.length, plane, slant).slice(1);
  const end = firstRowEnd(ink, height);
  const parts: Part[] = ink
    .map((box, index) => ({ box, label: index + 1 }))
    .filter(({ box }) => box.y < end)
    .flatMap(({ box, label }) => partsOf(plane, labels, label, box, height, slant))
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
      const ink = croppedInkOf(plane, labels, chosen, slant);
      const image = normalizeInk({ plane: ink, factor });
      if (image.blank) return image;
      return {
        ...image,
        box: image.box && { ...image.box, x: image.box.x + ink.x * factor, y: image.box.y + ink.y * factor },
        // The steps show the digit at its position in the picture.
        steps: () => normalizeInk({ plane: inkOf(plane, labels, chosen, slant), factor }).steps!(),
      };
    },
    key: (first, last) => `picture ${picture}: ${first} ${last}`,
  };
}
