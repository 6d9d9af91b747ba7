import type { Plane } from './plane.js';

/** Maximum slope of ruled lines, as sheets are held nearly straight: the slope of 12 degrees. */
const MAX_SLOPE = 0.21;

/** Steps between slopes: in the first search, and around its best result. */
const COARSE_STEP = 0.01;
const FINE_STEP = 0.0025;

/** Step between the columns that the slope is estimated from. */
const STRIDE = 4;

/** A ruled line is a ridge over this share of its length, from edge to edge of the picture. */
export const MIN_COVERAGE = 0.5;

/** Where the spacing of three others has one, a line is a ridge over only this share of its length. */
const MIN_REGULAR_COVERAGE = 0.25;
const MIN_REGULAR_LINES = 3;

/** Deviation from the regular distance, as a share of it, and in pixels. */
const SPACING_TOLERANCE = 0.05;
const MIN_SPACING_TOLERANCE = 1.5;

/** A faint line is at most this many times the regular distance from one that is not. */
const MAX_GAP = 3;

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

/** A range of positions; inclusive. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** A thin line across the whole picture. */
export interface RuledLine {
  readonly axes: Axes;
  readonly vertical: boolean;
  /** The range of positions across it that it covers in the middle of its length; inclusive. */
  readonly first: number;
  readonly last: number;
  /** By how much these positions are shifted at each position along it. */
  readonly shifts: Int32Array;
  /** The share of its length over which it is a ridge. */
  readonly coverage: number;
}

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
      const position = vertical ? column : row;
      // A frame may be cut off at the picture's edge: paper is assumed beyond it.
      if (position >= reach && value <= data[pixel - away]) continue;
      if (position + reach < breadth && value <= data[pixel + away]) continue;
      // Last: whether noise exceeds its own level cannot be predicted, and such branches are slow.
      if (value <= 0) continue;
      columns[count] = column;
      rows[count] = row;
      count += 1;
    }
  }
  return vertical ? { count, along: rows, across: columns } : { count, along: columns, across: rows };
}

/** Returns by how much a line of a slope is shifted at each position along it. */
function shiftsOf(slope: number, length: number): Int32Array {
  const shifts = new Int32Array(length);
  for (let at = 0; at < length; at++) shifts[at] = Math.round((at - length / 2) * slope);
  return shifts;
}

/** Returns how many ridge pixels each line of a slope has. */
function countOnLines({ count, along, across }: Ridges, { length, breadth }: Axes, slope: number): Float32Array {
  const shifts = shiftsOf(slope, length);
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

const middleOf = ({ first, last }: Range): number => (first + last) / 2;

/** Adds faint lines where the spacing of the others has them, if most of these are at regular distances. */
function withRegular(clear: readonly Range[], faint: readonly Range[]): readonly Range[] {
  if (clear.length < MIN_REGULAR_LINES) return clear;
  const middles = clear.map(middleOf);
  const distances = middles.slice(1).map((middle, index) => middle - middles[index]);
  const spacing = Math.min(...distances);
  const tolerance = Math.max(MIN_SPACING_TOLERANCE, SPACING_TOLERANCE * spacing);
  if (2 * distances.filter((distance) => distance - spacing <= tolerance).length < distances.length) return clear;
  const isRegular = (distance: number): boolean => {
    const steps = Math.round(distance / spacing);
    return steps >= 1 && steps <= MAX_GAP && Math.abs(distance - steps * spacing) <= tolerance;
  };
  const added = faint.filter((line) => {
    const isNew = clear.every(({ first, last }) => line.first > last || line.last < first);
    return isNew && middles.some((middle) => isRegular(Math.abs(middle - middleOf(line))));
  });
  return [...clear, ...added].sort((one, other) => one.first - other.first);
}

/**
 * Finds straight, thin lines of one orientation that may be ruled, no steeper than 12 degrees.
 *
 * @param reach how far a line's pixels are at most from the paper on both sides
 * @param least share of its length, 0..1, over which a line is a ridge
 */
export function findLines(
  plane: Plane,
  vertical: boolean,
  reach: number,
  noise: number,
  least = MIN_COVERAGE,
): RuledLine[] {
  const axes = axesOf(plane, vertical);
  const some = findRidges(plane, vertical, reach, noise, STRIDE);
  const slope = bestSlope(some, axes);
  // With so few ridges even on the best line, there is none.
  const most = countOnLines(some, axes, slope).reduce((one, other) => Math.max(one, other));
  if (most * STRIDE < (MIN_COVERAGE / 4) * axes.length) return [];
  const all = findRidges(plane, vertical, reach, noise, 1);
  const shares = countOnLines(all, axes, slope).map((count) => count / axes.length);
  const linesAbove = (share: number): Range[] =>
    groupAdjacent([...shares.keys()].filter((position) => shares[position] > share)).filter(
      ({ first, last }) => last - first <= reach,
    );
  const shifts = shiftsOf(slope, axes.length);
  return withRegular(linesAbove(least), linesAbove(MIN_REGULAR_COVERAGE)).map(({ first, last }) => {
    const coverage = Math.max(...shares.subarray(first, last + 1));
    return { axes, vertical, first, last, shifts, coverage };
  });
}
