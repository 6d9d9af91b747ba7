import { boxAround, toOriginalBox, type Box } from './box.js';
import { connectInk, MAX_COMPONENTS } from './connected-ink.js';
import { evenStrengths } from './even-strengths.js';
import { findSlant, type InkPoint } from './find-slant.js';
import { findSeams } from './find-seams.js';
import { joinFragments } from './join-fragments.js';
import { lineWidth } from './line-width.js';
import { findInk, normalizeInk } from './normalize-pixels.js';
import type { PixelSource } from './pixel-source.js';
import type { Plane } from './plane.js';
import { digitBoxes, digitHeight, fromLeftToRight, piecesOf, type Part, type Segmentation } from './segmentation.js';

/** A connected component with the fragments joined to it, or the part of it between two seams. */
interface PixelPart extends Part {
  /** Its pixels in the plane. */
  readonly pixels: Int32Array;
}

/** A component wider than this share of the digits' height may be two touching digits. */
const MIN_TOUCHING_WIDTH = 0.45;

/** Digits lower than this, in pixels, have no shape: what touches is not cut. */
const MIN_CUT_HEIGHT = 8;

/** Minimum distance from the sides of a component at which to look for cuts, as a share of the height. */
const MARGIN = 0.1;

/** A component with at most this many times the ink of a line across its box is one: no digits touch there. */
const MAX_LINE_INK = 1.3;

/** Cuts to try in a component as wide as the digits are tall, ... */
const CUTS = 4;

/** ... and in any component. */
const MAX_CUTS = 30;

/** Fainter ink does not connect: it is the blur between two digits. */
const CONNECTING_INK = 0.3;

/**
 * The bounding boxes of a number's digits hardly overlap. Those of a pattern, such as hatching, each span the picture:
 * only the heaviest ones are read, up to this many times the picture's area.
 */
const MAX_BOXES = 2;

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

/** Returns the pixels of each label from 1 that has any. */
function pixelsByLabel(labels: Int32Array, count: number): Int32Array[] {
  const ends = new Int32Array(count);
  for (let pixel = 0; pixel < labels.length; pixel++) ends[labels[pixel]] += 1;
  const found = Array.from(ends, (size, label) => new Int32Array(label === 0 ? 0 : size));
  ends.fill(0);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const label = labels[pixel];
    if (label > 0) found[label][ends[label]++] = pixel;
  }
  return found.filter(({ length }) => length > 0);
}

/** Returns the components of a picture, each as the pixels that it consists of; of a pattern, the heaviest. */
function findComponents(plane: Plane): Int32Array[] {
  const ink = connectInk({ ...plane, data: plane.data.map((value) => (value < CONNECTING_INK ? 0 : value)) });
  const joined = joinFragments(ink);
  const labels = ink.labels.map((label) => joined[label]);
  spreadLabels(labels, plane);
  const components = pixelsByLabel(labels, ink.masses.length);
  if (components.length <= MAX_COMPONENTS) return components;
  return components.sort((one, other) => other.length - one.length).slice(0, MAX_COMPONENTS);
}

/** Returns the deslanted column of a pixel, possibly below 0. */
const deslantedColumn = (slant: number, column: number, row: number): number => column + Math.round(slant * row);

/** Returns the bounding box of pixels, in deslanted columns. */
function boxOf(pixels: Int32Array, { width }: Plane, slant: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const pixel of pixels) {
    const own = pixel % width;
    const row = (pixel - own) / width;
    const column = deslantedColumn(slant, own, row);
    if (column < left) left = column;
    if (column >= right) right = column + 1;
    if (row < top) top = row;
    if (row >= bottom) bottom = row + 1;
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Returns only as many components, the heaviest, as {@link MAX_BOXES} allows: by their boxes. */
function withoutPattern(components: ReadonlyMap<Box, Int32Array>, { width, height }: Plane): Box[] {
  let area = 0;
  const sorted = [...components].sort(([, one], [, other]) => other.length - one.length);
  const end = sorted.findIndex(([box]) => (area += box.width * box.height) > MAX_BOXES * width * height);
  return sorted.slice(0, end < 0 ? sorted.length : Math.max(1, end)).map(([box]) => box);
}

/** Whether a component is a straight line, such as the slash of a percent sign. */
function isLine(plane: Plane, pixels: Int32Array, width: number): boolean {
  const box = boxOf(pixels, plane, 0);
  const ink = pixels.reduce((sum, pixel) => sum + plane.data[pixel], 0);
  return ink <= MAX_LINE_INK * width * Math.hypot(box.width, box.height);
}

/** Joins each part without solid ink, of which nothing could be read, to the one before it, or after it if it is the first. */
function joinFaint({ data }: Plane, parts: readonly number[][]): number[][] {
  const isFaint = (part: readonly number[]): boolean => part.every((pixel) => data[pixel] < CONNECTING_INK);
  const joined: number[][] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (before && (isFaint(part) || isFaint(before))) joined[joined.length - 1] = [...before, ...part];
    else joined.push(part);
  }
  return joined;
}

/** Returns a component in parts, cut where two digits may touch. */
function partsOf(
  plane: Plane,
  pixels: Int32Array,
  box: Box,
  { height, width, slant }: { height: number; width: number; slant: number },
): PixelPart[] {
  const whole: PixelPart = { pixels, box, whole: pixels, isCut: false };
  if (box.width <= MIN_TOUCHING_WIDTH * height || height < MIN_CUT_HEIGHT) return [whole];
  if (isLine(plane, pixels, width)) return [whole];
  const ink = { data: new Float32Array(box.width * box.height), width: box.width, height: box.height };
  const positions = pixels.map((pixel) => {
    const column = pixel % plane.width;
    const row = (pixel - column) / plane.width;
    return (row - box.y) * box.width + deslantedColumn(slant, column, row) - box.x;
  });
  positions.forEach((position, index) => (ink.data[position] = plane.data[pixels[index]]));
  const margin = Math.max(1, Math.round(MARGIN * height));
  const most = Math.min(MAX_CUTS, Math.round((CUTS * box.width) / height));
  const seams = findSeams(ink, height, margin, most);
  const found: number[][] = Array.from({ length: seams.length + 1 }, () => []);
  positions.forEach((position, index) => {
    const column = position % box.width;
    const row = (position - column) / box.width;
    const part = seams.findIndex((seam) => column < seam[row]);
    found[part < 0 ? seams.length : part].push(pixels[index]);
  });
  return joinFaint(plane, found).map((own, index) => {
    const part = Int32Array.from(own);
    return { pixels: part, box: boxOf(part, plane, slant), whole: pixels, isCut: index > 0 };
  });
}

/** Returns only the ink of these parts. */
function inkOf(plane: Plane, parts: readonly PixelPart[]): Plane {
  const data = new Float32Array(plane.data.length);
  for (const { pixels } of parts) for (const pixel of pixels) data[pixel] = plane.data[pixel];
  return { ...plane, data };
}

/** Returns only the ink of these parts, cropped, with its position. */
function croppedInkOf(plane: Plane, parts: readonly PixelPart[]): Plane & Box {
  const box = boxAround(parts.map(({ pixels }) => boxOf(pixels, plane, 0)));
  const data = new Float32Array(box.width * box.height);
  for (const { pixels } of parts) {
    for (const pixel of pixels) {
      const column = pixel % plane.width;
      data[((pixel - column) / plane.width - box.y) * box.width + column - box.x] = plane.data[pixel];
    }
  }
  return { data, ...box };
}

/** Maximum number of points to estimate the slant from. */
const SLANT_POINTS = 4000;

function inkPoints({ data, width }: Plane, components: readonly Int32Array[]): InkPoint[] {
  const solid = components.map((pixels) => pixels.filter((pixel) => data[pixel] > CONNECTING_INK));
  const stride = Math.ceil(solid.reduce((sum, { length }) => sum + length, 0) / SLANT_POINTS);
  const points: InkPoint[] = [];
  let count = 0;
  for (const [piece, pixels] of solid.entries()) {
    for (const pixel of pixels) {
      if (count++ % stride === 0) points.push({ x: pixel % width, y: Math.floor(pixel / width), piece });
    }
  }
  return points;
}

/**
 * Segments a picture of a number from left to right: into connected components, which are cut if they are far wider
 * than the digits are tall.
 *
 * Of several rows of numbers, only the first is used. Lines below and above the digits are left out. Faint digits count
 * like the others, and so do digits with broken lines.
 *
 * @returns null if there is no ink
 * @throws {ImagingError} if the pixels are not a valid picture
 */
export function segmentPixels(source: PixelSource): Segmentation | null {
  const found = findInk(source);
  if (found === null) return null;
  const picture = (pictureCount += 1);
  const { factor } = found;
  const plane = evenStrengths(found.ink);
  const components = findComponents(plane);
  if (components.length === 0) return null;
  const height = digitHeight(components.map((pixels) => boxOf(pixels, plane, 0)));
  const slant = findSlant(inkPoints(plane, components));
  const ink = new Map(components.map((pixels) => [boxOf(pixels, plane, slant), pixels]));
  const width = lineWidth(plane);
  const digits = digitBoxes(withoutPattern(ink, plane), height, width);
  const parts = [...ink]
    .filter(([box]) => digits.has(box))
    .flatMap(([box, pixels]) => partsOf(plane, pixels, box, { height, width, slant }))
    .sort(fromLeftToRight);
  const scaled = ({ x, y, width, height: tall }: Box): Box => ({
    x: x * factor,
    y: y * factor,
    width: width * factor,
    height: tall * factor,
  });
  return {
    pieces: piecesOf(parts).map((piece) => ({ ...piece, box: scaled(piece.box) })),
    height: height * factor,
    lineWidth: width * factor,
    slant,
    image: (first, last) => {
      const chosen = parts.slice(first, last + 1);
      const ink = croppedInkOf(plane, chosen);
      const image = normalizeInk(ink, factor);
      if (image.blank) return image;
      const box = image.box && { ...image.box, x: image.box.x + ink.x * factor, y: image.box.y + ink.y * factor };
      return {
        ...image,
        box: box && toOriginalBox(box, source),
        // The steps show the digit at its position in the picture.
        steps: () => normalizeInk(inkOf(plane, chosen), factor).steps!(),
      };
    },
    key: (first, last) => `picture ${picture}: ${first} ${last}`,
  };
}
