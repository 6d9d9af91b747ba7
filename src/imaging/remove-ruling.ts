import type { Plane } from './plane.js';
import { quantile } from './quantile.js';

/** Maximum slope of ruled lines, as sheets are held nearly straight: the slope of 12 degrees. */
const MAX_SLOPE = 0.21;

/** Steps between slopes: in the first search, and around its best result. */
const COARSE_STEP = 0.01;
const FINE_STEP = 0.0025;

/** Step between the columns that the slope is estimated from. */
const STRIDE = 4;

/**
 * A ruled line is a ridge over this share of its length, from edge to edge of the picture; one as dark as the ink, over
 * more.
 */
const MIN_COVERAGE = 0.5;
const MIN_DARK_COVERAGE = 0.75;

/** Lines as dark as the ink are thinner than this share of the picture's shorter side. */
const MAX_DARK_WIDTH = 0.09;

/** Pixels above this share of the full strength are dark. */
const DARK = 0.35;

/** Ink other than the lines covers more than this share of the picture; otherwise, the lines may be the ink. */
const MIN_INK = 0.004;

/** Digits have at most this many horizontal lines, one below the other; an empty ruled sheet has more. */
const MAX_BARS = 2;

/** A horizontal line longer than this, relative to the height of the ink, is not a bar of a digit. */
const MAX_BAR = 1.3;

/** Shorter lines are printed if they extend beyond the ink on both sides, by this share of their length. */
const MIN_OVERHANG = 0.08;

/** A frame is within this share of the picture's side from its edge, and nearly uninterrupted. */
const MAX_FRAME_DISTANCE = 0.12;
const MIN_FRAME = 0.9;

/** A line that comes this near to the picture's edge, as a share of its length, extends to it; a stem does not. */
const END_TOLERANCE = 0.04;

/** A vertical line of which more is dark, in a small picture, is not a pale line that crosses the ink. */
const MAX_DARK_SHARE = 0.25;

/** The side of a frame ends at the sides across it, within this share of its length. */
const CORNER_TOLERANCE = 0.03;

/** In pictures with a shorter side, in pixels, a straight line is a bar or a stem. */
const MIN_FRAMED = 24;

/** Ruled lines are thinner than this share of the picture's longest side. */
const MAX_WIDTH = 1 / 64;

/** Maximum width of lines in small pictures, in pixels: blurred by a camera, or not. */
const MAX_BLURRED_WIDTH = 4;
const MAX_SHARP_WIDTH = 3;

/** Dimensions and steps along and across the lines to find: from left to right, or from top to bottom. */
interface Axes {
  readonly length: number;
  readonly breadth: number;
  readonly along: number;
  readonly across: number;
}

const axesOf = ({ width, height }: Plane, vertical: boolean): Axes =>
  vertical
    ? { length: height, breadth: width, along: width, across: 1 }
    : { length: width, breadth: height, along: 1, across: width };

/** Positions of pixels along and across the lines. Few of a picture's pixels are ridges, so they are listed. */
interface Ridges {
  readonly count: number;
  readonly along: Uint16Array;
  readonly across: Uint16Array;
}

/** Finds pixels that stand out from both sides across the lines, at every nth position along them. */
function findRidges(
  { data, width, height }: Plane,
  vertical: boolean,
  reach: number,
  noise: number,
  stride: number,
): Ridges {
  const [rowStep, columnStep] = vertical ? [stride, 1] : [1, stride];
  const most = Math.ceil(height / rowStep) * Math.ceil(width / columnStep);
  const columns = new Uint16Array(most);
  const rows = new Uint16Array(most);
  const breadth = vertical ? width : height;
  const away = vertical ? reach : reach * width;
  let count = 0;
  for (let row = 0; row < height; row += rowStep) {
    for (let column = 0; column < width; column += columnStep) {
      const pixel = row * width + column;
      const value = data[pixel] - noise;
      if (value <= 0) continue;
      const position = vertical ? column : row;
      // A frame may be cut off at the picture's edge: paper is assumed beyond it.
      if (position >= reach && value <= data[pixel - away]) continue;
      if (position + reach < breadth && value <= data[pixel + away]) continue;
      columns[count] = column;
      rows[count] = row;
      count += 1;
    }
  }
  return vertical ? { count, along: rows, across: columns } : { count, along: columns, across: rows };
}

/** Returns how many ridge pixels each line of a slope has. */
function countOnLines({ count, along, across }: Ridges, { length, breadth }: Axes, slope: number): Float32Array {
  const shifts = new Int32Array(length);
  for (let at = 0; at < length; at++) shifts[at] = Math.round((at - length / 2) * slope);
  const counts = new Float32Array(breadth);
  for (let ridge = 0; ridge < count; ridge++) {
    const position = across[ridge] - shifts[along[ridge]];
    if (position >= 0 && position < breadth) counts[position] += 1;
  }
  return counts;
}

/** Returns the slope for which the ridges lie on the fewest lines. */
function bestSlope(ridges: Ridges, axes: Axes): number {
  const score = (slope: number): number => {
    const counts = countOnLines(ridges, axes, slope);
    let sum = 0;
    for (let position = 0; position < counts.length; position++)
      sum += counts[position] * counts[position] * counts[position];
    return sum;
  };
  const best = (from: number, to: number, step: number): number => {
    let [chosen, most] = [0, -1];
    for (let slope = from; slope <= to + step / 2; slope += step) {
      const value = score(slope);
      if (value > most) [chosen, most] = [slope, value];
    }
    return chosen;
  };
  const coarse = best(-MAX_SLOPE, MAX_SLOPE, COARSE_STEP);
  return best(coarse - COARSE_STEP, coarse + COARSE_STEP, FINE_STEP);
}

/** Groups adjacent positions. */
function groupAdjacent(positions: readonly number[]): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  for (const position of positions) {
    const open = found.at(-1);
    if (open && position - open.last <= 2) open.last = position;
    else found.push({ first: position, last: position });
  }
  return found;
}

/**
 * Removes a ruled line. Anything stronger than the line alone is ink on it; between ink on both sides, the ink
 * continues across it.
 */
function removeLine(
  from: Float32Array,
  to: Float32Array,
  axes: Axes,
  slope: number,
  first: number,
  last: number,
): void {
  const { length, breadth, along, across } = axes;
  const own: number[] = [];
  const middle = Math.round((first + last) / 2);
  const inside = (position: number): boolean => position >= 0 && position < breadth;
  const strongest = (at: number): number => {
    const shift = Math.round((at - length / 2) * slope);
    let most = 0;
    for (let position = first; position <= last; position++) {
      if (inside(position + shift)) most = Math.max(most, from[(position + shift) * across + at * along]);
    }
    return most;
  };
  for (let at = 0; at < length; at++)
    if (inside(middle + Math.round((at - length / 2) * slope))) own.push(strongest(at));
  own.sort((one, other) => one - other);
  const line = (own[Math.floor(own.length * 0.5)] ?? 0) * 1.15;
  for (let at = 0; at < length; at++) {
    const shift = Math.round((at - length / 2) * slope);
    const value = (position: number): number => (inside(position) ? from[position * across + at * along] : 0);
    const above = Math.max(value(first + shift - 3), value(first + shift - 4));
    const below = Math.max(value(last + shift + 3), value(last + shift + 4));
    const through = Math.min(above, below);
    for (let position = first + shift - 2; position <= last + shift + 2; position++) {
      if (!inside(position)) continue;
      const index = position * across + at * along;
      const more = line < 1 ? Math.max(0, (from[index] - line) / (1 - line)) : 0;
      to[index] = Math.min(to[index], Math.max(more, through > line * 0.6 ? Math.min(through, from[index]) : 0));
    }
  }
}

/** A range of positions that a line may cover. */
interface Candidate {
  readonly axes: Axes;
  readonly vertical: boolean;
  readonly slope: number;
  readonly first: number;
  readonly last: number;
  readonly coverage: number;
}

/** Finds straight, thin lines of one orientation that may be ruled. */
function findLines(plane: Plane, vertical: boolean, reach: number, noise: number): Candidate[] {
  const axes = axesOf(plane, vertical);
  const some = findRidges(plane, vertical, reach, noise, STRIDE);
  const slope = bestSlope(some, axes);
  // With so few ridges even on the best line, there is none.
  const most = countOnLines(some, axes, slope).reduce((one, other) => Math.max(one, other));
  if (most * STRIDE < (MIN_COVERAGE / 4) * axes.length) return [];
  const all = findRidges(plane, vertical, reach, noise, 1);
  const shares = countOnLines(all, axes, slope).map((count) => count / axes.length);
  const ruled = [...shares.keys()].filter((position) => shares[position] > MIN_COVERAGE);
  return groupAdjacent(ruled)
    .filter(({ first, last }) => last - first <= reach)
    .map(({ first, last }) => {
      const most = Math.max(...shares.subarray(first, last + 1));
      return { axes, vertical, slope, first, last, coverage: most };
    });
}

/** Returns the offset of a line's middle at a position along it. */
const shiftAt = ({ axes: { length }, slope }: Candidate, at: number): number => Math.round((at - length / 2) * slope);

/** Returns the range of positions with more than a trace of the ink. */
function extent(counts: readonly number[]): { first: number; last: number; length: number } {
  const least = 0.01 * counts.reduce((sum, count) => sum + count, 0);
  const first = counts.findIndex((count) => count > least);
  const last = counts.findLastIndex((count) => count > least);
  return { first, last, length: last - first + 1 };
}

/**
 * Selects printed lines: bars and stems of digits, too, reach from edge to edge if a picture is cropped to the ink.
 * Printed lines are paler than the ink, longer than any bar of a digit, or extend beyond the ink on both sides.
 */
function printedLines(plane: Plane, lines: readonly Candidate[], photographed: boolean): Candidate[] {
  const { data, width, height } = plane;
  const dark =
    DARK *
    quantile(
      data.filter((value) => value > 0),
      0.99,
    );
  const rest = data.map((value) => (value > dark ? 1 : 0));
  const reachesEnds: boolean[] = [];
  /** First and last position with ink along each line, and the dark share between them. */
  const spans: { readonly from: number; readonly to: number; readonly filled: number }[] = [];
  const strengths = lines.map((line) => {
    const { axes, first, last } = line;
    let strong = 0;
    /** Positions without ink, at the line's beginning and since its last ink; only inside the picture. */
    let [before, after, isInside] = [0, 0, false];
    for (let at = 0; at < axes.length; at++) {
      let most = -1;
      for (let position = first - 1; position <= last + 1; position++) {
        const shifted = position + shiftAt(line, at);
        if (shifted < 0 || shifted >= axes.breadth) continue;
        const index = shifted * axes.across + at * axes.along;
        most = Math.max(most, data[index]);
        rest[index] = 0;
      }
      if (most > dark) strong += 1;
      if (most > dark / 2) {
        isInside = true;
        after = 0;
      } else if (most >= 0) after += 1;
      if (!isInside) before = after;
    }
    reachesEnds.push(Math.max(before, after) <= Math.max(1, END_TOLERANCE * axes.length));
    const [from, to] = [before, axes.length - 1 - after];
    spans.push({ from, to, filled: strong / (to - from + 1) });
    return strong / axes.length;
  });
  const columns = new Array<number>(width).fill(0);
  const rows = new Array<number>(height).fill(0);
  for (let pixel = 0; pixel < rest.length; pixel++) {
    columns[pixel % width] += rest[pixel];
    rows[Math.floor(pixel / width)] += rest[pixel];
  }
  const [across, down] = [extent(columns), extent(rows)];
  const isInk = columns.reduce((sum, count) => sum + count, 0) > MIN_INK * rest.length;
  /** Whether strokes of digits may be as thin as ruled lines. */
  const isSmall = Math.max(width, height) * MAX_WIDTH < MAX_BLURRED_WIDTH;
  const horizontalCount = lines.filter(({ vertical }) => !vertical).length;
  const widest = Math.max(1, MAX_DARK_WIDTH * Math.min(width, height));
  const isAtEdge = ({ first, last, axes: { breadth } }: Candidate): boolean =>
    Math.min(first, breadth - 1 - last) < MAX_FRAME_DISTANCE * breadth;
  /**
   * Whether a line is a side of a frame, possibly with paper around it: near an edge, from one of its other sides to
   * the opposite one.
   */
  const isSide = (index: number): boolean => {
    const line = lines[index];
    const { from, to, filled } = spans[index];
    if (!isAtEdge(line) || filled < MIN_FRAME) return false;
    const near = Math.max(2, CORNER_TOLERANCE * line.axes.length);
    const isCorner = (position: number): boolean =>
      lines.some(
        (other) =>
          other.vertical !== line.vertical &&
          isAtEdge(other) &&
          position >= other.first - near &&
          position <= other.last + near,
      );
    return isCorner(from) && isCorner(to);
  };
  return lines.filter((line, index) => {
    const { vertical, axes, coverage: share, first, last } = line;
    const { length } = axes;
    // A stem with shadows next to it is a line only in part.
    if (strengths[index] < (vertical && isSmall ? MAX_DARK_SHARE : MIN_COVERAGE)) return true;
    const isLong = !vertical && length > MAX_BAR * down.length;
    // Photographs are hardly ever cropped so closely that a stem reaches from edge to edge.
    if (photographed)
      return !isSmall || reachesEnds[index] || isSide(index) || (isLong && strengths[index] >= MIN_FRAME);
    if (!isInk) return horizontalCount > MAX_BARS;
    if (Math.min(width, height) < MIN_FRAMED || last - first + 1 > widest) return false;
    if (isSide(index)) return true;
    if (share < MIN_DARK_COVERAGE || !reachesEnds[index]) return false;
    const ink = vertical ? down : across;
    const [before, after] = [ink.first, length - 1 - ink.last];
    if (Math.min(before, after) >= MIN_OVERHANG * length) return true;
    // A digit that fills a cropped picture may have a stem along its edge, but not a second one.
    if (isAtEdge(line) && strengths[index] >= MIN_FRAME && lines.length > 1) return true;
    return isLong;
  });
}

/**
 * Removes ruled lines, squares and frames from the difference from the paper: straight, thin, from edge to edge of the
 * picture, and no steeper than 12 degrees. Without any, the plane is returned unchanged.
 *
 * @param noise of the paper
 * @param kind a `camera` blurs lines; `photographed` in uneven light, the picture may show only a part of the sheet
 */
export function removeRuling(plane: Plane, noise: number, kind: 'drawn' | 'camera' | 'photographed'): Plane {
  const photographed = kind === 'photographed';
  const reach = Math.max(
    kind === 'drawn' ? MAX_SHARP_WIDTH : MAX_BLURRED_WIDTH,
    Math.round(Math.max(plane.width, plane.height) * MAX_WIDTH),
  );
  const lines = [false, true].flatMap((vertical) => findLines(plane, vertical, reach, noise));
  if (lines.length === 0) return plane;
  const printed = printedLines(plane, lines, photographed);
  let data = plane.data;
  // One orientation after the other: where two lines cross, each would continue as ink across the other.
  for (const direction of [false, true]) {
    const cleared = data.slice();
    for (const { axes, vertical, slope, first, last } of printed) {
      if (vertical === direction) removeLine(data, cleared, axes, slope, first, last);
    }
    data = cleared;
  }
  return { ...plane, data };
}
