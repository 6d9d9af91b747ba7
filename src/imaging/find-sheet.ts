import type { Box } from './box.js';
import { connectInk, longestSide, measureExtents, type ConnectedInk, type Extent } from './connected-ink.js';
import { lineWidth } from './line-width.js';
import { quantile } from './quantile.js';
import type { ColorPlane } from './reduce-pixels.js';
import { colorDistance, type Rgb } from './two-classes.js';

/** A picture that is divided into two classes of pixels. */
export interface DividedPicture {
  /** Every `stride`th pixel of every `stride`th row of the picture. */
  readonly sample: ColorPlane & { readonly stride: number };
  /** 0 or 1 for each pixel of the sample. */
  readonly classes: Uint8Array;
  /** Distance between the colors of the two classes. */
  readonly contrast: number;
}

/** A sheet of paper, a tile of a screen, or the inside of a frame: part of a picture that is to be read on its own. */
export interface Sheet {
  /** Where it is in the picture, in pixels. */
  readonly box: Box;
  /** This part of the picture. Where a turned sheet leaves the corners of its box free, its paper is continued. */
  readonly picture: ColorPlane;
  /**
   * Width of the narrowest part of the picture next to the sheet, in pixels; Infinity if the sheet ends on three
   * sides inside the picture, where no cropped digits are.
   */
  readonly narrowestBand: number;
  /** Whether the same paper goes on around it: it may be inside a frame, or a 0. */
  readonly isFramed: boolean;
}

/** A smaller region, as a share of the picture, is not taken for a sheet. */
const MIN_SHEET = 0.05;

/** A region that extends over more than this share of the picture's width and height is the picture itself. */
const MAX_SHEET = 0.98;

/** A sheet fills at least this share of the narrowest rectangle around it, in perspective, too; an ellipse, 0.79. */
const MIN_RECTANGLE = 0.85;

/** At least this share of a sheet is free of ink. */
const MIN_FREE = 0.6;

/** A sheet may be turned by this angle, in degrees. */
const MAX_TURN = 20;

/**
 * At four fifths of a sheet's edge, the color changes within a few pixels by more than this share of the contrast; where
 * light falls off, it does not.
 */
const MIN_STEP = 0.5;
const STEP_QUANTILE = 0.2;

/** Distance of the two pixels that a step is measured between from the edge, in pixels of the sample. */
const STEP_REACH = 2;

/** Width of the blurred edge that is cut off, as a share of the sheet's shorter side. */
const EDGE_WIDTH = 0.02;

/** A region with less than this share of the largest one's area is not another sheet but something next to it. */
const MIN_OTHER_SHEET = 0.5;

/** What lies beside a sheet that reaches the picture's edge is of the other class to at least this share, ... */
const MIN_OTHER = 0.8;

/** ... and what lies around one that does not, to at least this one, unless it is framed. */
const MIN_OTHER_AROUND = 0.5;

/** Number of pixels that a color next to the edge is averaged over. */
const COLOR_SAMPLES = 8;

/** A sheet with a shorter side, in pixels, is too small to be read on its own. */
const MIN_SIDE = 16;

/** A band next to a sheet is at least this many times as wide as the ink's lines; less may be the 1 of a cropped 15. */
const MIN_BAND = 2;

/** A component of ink that fills at least this share of its box is a plain stroke, or the counter of a bold 0. */
const MIN_PLAIN = 0.75;

/** A sheet is at least this many times as wide as a plain stroke on it; a bold 0 or 8 is narrower around its counters. */
const MIN_ROOM = 5;

/** A component with less than this share of the heaviest one's ink is a speck. */
const MAX_SPECK = 0.1;

/**
 * What is written on a sheet is longer than this share of the sheet's shorter side, and inside a frame, than this one:
 * less is left of the edge, or of the end of a 0's line.
 */
const MIN_WRITING = 0.06;
const MIN_FRAMED_WRITING = 0.15;

/** A region of one class, without regard to holes. */
interface Region {
  /** First and last pixel of each row of the sample; the first is greater than the last in rows outside. */
  readonly firsts: Int32Array;
  readonly lasts: Int32Array;
  /** Right and bottom are exclusive. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Number of pixels, including what its rows enclose. */
  readonly filled: number;
  /** Number of its own pixels. */
  readonly area: number;
}

/** Returns the regions of a class that may be sheets by their size, the largest first. */
function largeRegions(classes: Uint8Array, own: number, width: number, height: number): Region[] {
  const data = new Float32Array(classes.length);
  let count = 0;
  for (let pixel = 0; pixel < classes.length; pixel++) {
    if (classes[pixel] !== own) continue;
    data[pixel] = 1;
    count += 1;
  }
  const least = MIN_SHEET * classes.length;
  if (count < least) return [];
  const { pixels, masses } = connectInk({ data, width, height });
  const regions: Region[] = [];
  let start = 0;
  // A component's mass is its number of pixels.
  for (const area of masses.slice(1)) {
    if (area >= least) regions.push(regionOf(pixels.subarray(start, start + area), width, height));
    start += area;
  }
  return regions.sort((one, other) => other.filled - one.filled);
}

/** Measures a region by the ends of its rows. */
function measureRegion(firsts: Int32Array, lasts: Int32Array, width: number, area?: number): Region {
  let [left, right, top, bottom, filled] = [width, 0, lasts.length, 0, 0];
  for (let row = 0; row < lasts.length; row++) {
    if (lasts[row] < 0) continue;
    left = Math.min(left, firsts[row]);
    right = Math.max(right, lasts[row] + 1);
    top = Math.min(top, row);
    bottom = row + 1;
    filled += lasts[row] - firsts[row] + 1;
  }
  return { firsts, lasts, left, top, right, bottom, filled, area: area ?? filled };
}

function regionOf(pixels: Int32Array, width: number, height: number): Region {
  const firsts = new Int32Array(height).fill(width);
  const lasts = new Int32Array(height).fill(-1);
  for (let at = 0; at < pixels.length; at++) {
    const column = pixels[at] % width;
    const row = (pixels[at] - column) / width;
    if (column < firsts[row]) firsts[row] = column;
    if (column > lasts[row]) lasts[row] = column;
  }
  return measureRegion(firsts, lasts, width, pixels.length);
}

/** Returns the area of the smallest rectangle around a region that is turned by at most `MAX_TURN`. */
function rectangleAround({ firsts, lasts, top, bottom }: Region): number {
  let smallest = Infinity;
  for (let degrees = -MAX_TURN; degrees <= MAX_TURN; degrees++) {
    const cos = Math.cos((degrees * Math.PI) / 180);
    const sin = Math.sin((degrees * Math.PI) / 180);
    let [left, right, above, below] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let row = top; row < bottom; row++) {
      for (const x of [firsts[row], lasts[row] + 1]) {
        for (const y of [row, row + 1]) {
          const along = x * cos + y * sin;
          const across = y * cos - x * sin;
          left = Math.min(left, along);
          right = Math.max(right, along);
          above = Math.min(above, across);
          below = Math.max(below, across);
        }
      }
    }
    smallest = Math.min(smallest, (right - left) * (below - above));
  }
  return smallest;
}

/** Whether a region has the shape of a sheet: digits are lines, which leave most of their box free. */
function isSheetShaped(region: Region, width: number, height: number): boolean {
  const { left, top, right, bottom, filled, area } = region;
  if (right - left > MAX_SHEET * width && bottom - top > MAX_SHEET * height) return false;
  return area >= MIN_FREE * filled && filled >= MIN_RECTANGLE * rectangleAround(region);
}

/** Returns the widths of the parts of the picture next to a region: four if it ends on all sides inside. */
const bandsBeside = ({ left, top, right, bottom }: Region, { width, height }: ColorPlane): number[] =>
  [left, top, width - right, height - bottom].filter((band) => band > 0);

/** Returns which share of the picture beside a region is of the other class. */
function shareOfOthers({ firsts, lasts }: Region, classes: Uint8Array, own: number, width: number): number {
  let [others, all] = [0, 0];
  for (let pixel = 0; pixel < classes.length; pixel++) {
    const column = pixel % width;
    const row = (pixel - column) / width;
    if (column >= firsts[row] && column <= lasts[row]) continue;
    all += 1;
    if (classes[pixel] !== own) others += 1;
  }
  return others / Math.max(1, all);
}

/** Whether a region ends with a step in color, not in a gradient of light. */
function endsInStep(region: Region, { data, width, height }: ColorPlane, contrast: number): boolean {
  const colorAt = (column: number, row: number): Rgb => {
    const at = 4 * (row * width + column);
    return [data[at], data[at + 1], data[at + 2]];
  };
  const steps: number[] = [];
  /** Measures the step from a pixel at the edge to the outside, in the direction of `x` and `y`. */
  const measure = (column: number, row: number, x: number, y: number): void => {
    const outside = [column + STEP_REACH * x, row + STEP_REACH * y] as const;
    if (outside[0] < 0 || outside[0] >= width || outside[1] < 0 || outside[1] >= height) return;
    const inside = [
      Math.min(width - 1, Math.max(0, column - STEP_REACH * x)),
      Math.min(height - 1, Math.max(0, row - STEP_REACH * y)),
    ] as const;
    steps.push(colorDistance(colorAt(...outside), colorAt(...inside)));
  };
  const { firsts, lasts, left, top, right, bottom } = region;
  const highest = new Int32Array(width).fill(-1);
  const lowest = new Int32Array(width);
  for (let row = top; row < bottom; row++) {
    measure(firsts[row], row, -1, 0);
    measure(lasts[row], row, 1, 0);
    for (let column = firsts[row]; column <= lasts[row]; column++) {
      if (highest[column] < 0) highest[column] = row;
      lowest[column] = row;
    }
  }
  for (let column = left; column < right; column++) {
    if (highest[column] < 0) continue;
    measure(column, highest[column], 0, -1);
    measure(column, lowest[column], 0, 1);
  }
  return quantile(Float32Array.from(steps), STEP_QUANTILE) >= MIN_STEP * contrast;
}

/** Returns the inside of a region, without its edge; where it reaches the picture's edge, nothing is cut off. */
function withoutEdge({ firsts, lasts, left, top, right, bottom }: Region, width: number, height: number): Region {
  const edge = Math.max(1, Math.round(EDGE_WIDTH * Math.min(right - left, bottom - top)));
  const [ownFirsts, ownLasts] = [firsts.slice(), lasts.slice()];
  for (let row = 0; row < height; row++) {
    let [first, last] = [0, width - 1];
    for (let near = Math.max(0, row - edge); near <= Math.min(height - 1, row + edge); near++) {
      if (firsts[near] > 0) first = Math.max(first, firsts[near] + edge);
      if (lasts[near] < width - 1) last = Math.min(last, lasts[near] - edge);
    }
    [ownFirsts[row], ownLasts[row]] = first <= last ? [first, last] : [width, -1];
  }
  return measureRegion(ownFirsts, ownLasts, width);
}

/** Cuts a sheet out of a picture. */
function cutOut(picture: ColorPlane, { sample, classes }: DividedPicture, own: number, region: Region): Sheet | null {
  const { stride, width } = sample;
  const inside = withoutEdge(region, width, sample.height);
  const { firsts, lasts } = inside;
  const x = inside.left * stride;
  const y = inside.top * stride;
  const box = {
    x,
    y,
    width: Math.min(picture.width, inside.right * stride) - x,
    height: Math.min(picture.height, inside.bottom * stride) - y,
  };
  if (Math.min(box.width, box.height) < MIN_SIDE) return null;
  /** Mean color of the paper next to one end of a row. */
  const colorFrom = (row: number, start: number, step: 1 | -1): Rgb => {
    const sums = [0, 0, 0, 0];
    for (let column = start; column >= firsts[row] && column <= lasts[row] && sums[3] < COLOR_SAMPLES; column += step) {
      const pixel = row * width + column;
      if (classes[pixel] !== own) continue;
      for (let channel = 0; channel < 3; channel++) sums[channel] += sample.data[4 * pixel + channel];
      sums[3] += 1;
    }
    const count = Math.max(1, sums[3]);
    return [sums[0] / count, sums[1] / count, sums[2] / count];
  };
  const data = new Float32Array(box.width * box.height * 4);
  for (let row = 0, to = 0; row < box.height; row++) {
    const from = (y + row) * picture.width + x;
    const sampleRow = Math.floor((y + row) / stride);
    const start = firsts[sampleRow] * stride - x;
    const end = Math.min(box.width, (lasts[sampleRow] + 1) * stride - x);
    data.set(picture.data.subarray(4 * (from + start), 4 * (from + end)), to + 4 * start);
    const fill = (color: Rgb, first: number, last: number): void => {
      for (let column = first; column < last; column++) data.set([...color, 1], to + 4 * column);
    };
    if (start > 0) fill(colorFrom(sampleRow, firsts[sampleRow], 1), 0, start);
    if (end < box.width) fill(colorFrom(sampleRow, lasts[sampleRow], -1), end, box.width);
    to += 4 * box.width;
  }
  const bands = bandsBeside(region, sample);
  const narrowestBand = bands.length >= 3 ? Infinity : Math.min(...bands) * stride;
  const isFramed = bands.length === 4 && shareOfOthers(region, classes, own, width) < MIN_OTHER_AROUND;
  return { box, picture: { data, width: box.width, height: box.height }, narrowestBand, isFramed };
}

/**
 * Finds what may be a sheet on a desk, the page within a scan's dark margin, a tile of a screenshot, or the inside of a
 * frame: a solid, nearly rectangular region of either class that ends with a step in color. It may be turned slightly.
 *
 * @returns at most one sheet of each class, the larger first; there may be no ink on it
 */
export function findSheets(picture: ColorPlane, divided: DividedPicture): Sheet[] {
  const { sample, classes, contrast } = divided;
  const { width, height } = sample;
  return [0, 1]
    .flatMap((own) => {
      const shaped = largeRegions(classes, own, width, height).filter((region) => isSheetShaped(region, width, height));
      const [largest, second] = shaped;
      // Several are a table's cells, or the spaces between ruled lines.
      if (!largest || (second && second.filled >= MIN_OTHER_SHEET * largest.filled)) return [];
      // If the same paper goes on beside it, only a ruled line divides it.
      const isInside = bandsBeside(largest, sample).length === 4;
      if (!isInside && shareOfOthers(largest, classes, own, width) < MIN_OTHER) return [];
      return endsInStep(largest, sample, contrast) ? [{ own, region: largest }] : [];
    })
    .sort((one, other) => other.region.filled - one.region.filled)
    .flatMap(({ own, region }) => cutOut(picture, divided, own, region) ?? []);
}

/** Whether ink touches the edge of the sheet, other than where the picture ends. */
function reachesOver({ box }: Sheet, { left, top, right, bottom }: Extent, picture: ColorPlane): boolean {
  return (
    (left === 0 && box.x > 0) ||
    (top === 0 && box.y > 0) ||
    (right === box.width && box.x + box.width < picture.width) ||
    (bottom === box.height && box.y + box.height < picture.height)
  );
}

/**
 * Whether ink that was found on a sheet was written on it. Otherwise, the sheet is a lit part of a larger one, the paper
 * between the digits of a cropped number, or a bold digit itself.
 */
export function hasWriting(sheet: Sheet, ink: ConnectedInk, picture: ColorPlane): boolean {
  const { masses } = ink;
  const heaviest = masses.reduce((most, mass) => Math.max(most, mass), 0);
  const components = measureExtents(ink).filter(
    ({ strong }, label) => strong > 0 && masses[label] >= MAX_SPECK * heaviest,
  );
  const least = (sheet.isFramed ? MIN_FRAMED_WRITING : MIN_WRITING) * Math.min(sheet.box.width, sheet.box.height);
  if (!components.some((component) => longestSide(component) > least)) return false;
  if (components.some((component) => reachesOver(sheet, component, picture))) return false;
  const isPlain = components.every(({ left, top, right, bottom, strong }) => {
    return strong >= MIN_PLAIN * (right - left) * (bottom - top) && sheet.box.width < MIN_ROOM * (right - left);
  });
  return !isPlain && sheet.narrowestBand >= MIN_BAND * lineWidth(ink.plane);
}
