import type { Plane } from './plane.js';
import { quantile } from './quantile.js';

/** How steep ruled lines may be: a sheet is held nearly straight. The tangent of 12 degrees. */
const STEEPEST = 0.21;

/** Steps between tangents at first, and around the best of them. */
const COARSE_STEP = 0.01;
const FINE_STEP = 0.0025;

/** Only every so many columns are looked at for the direction. */
const STRIDE = 4;

/** A line is ruled where so much of it, from edge to edge of the picture, is a ridge: of one as dark as the ink more. */
const LEAST_COVERAGE = 0.5;
const LEAST_DARK_COVERAGE = 0.75;

/** Lines as dark as the ink are thinner than this share of the picture's shorter side. */
const WIDEST_DARK = 0.09;

/** From this share of the full strength on a pixel is dark. */
const DARK = 0.35;

/** Ink beside the lines is more than this share of the picture; without any, the lines may be the ink. */
const LEAST_INK = 0.004;

/** No digits have more level lines than this, one below the other: an empty sheet that is ruled has. */
const MOST_BARS = 2;

/** A level line as long as this times the height of the ink is no bar of a digit. */
const LONGEST_BAR = 1.3;

/** Shorter ones are printed when they go beyond the ink on both sides, by this share of their length. */
const BEYOND = 0.08;

/** A frame is no farther from the picture's edge than this share of its side, and hardly interrupted. */
const FRAME = 0.12;
const LEAST_FRAME = 0.9;

/** A line goes on to the picture's edge where it comes this near to it, as a share of its length; a stem does not. */
const AT_END = 0.04;

/** Where so much of an upright line is dark, in a small picture, it is no pale line that crosses the ink. */
const MOST_STEM = 0.25;

/** A side of a frame ends at the lines across it, or so near to them, as a share of its length. */
const AT_CORNER = 0.03;

/** In smaller pictures a straight line is a bar or a stem; in pixels, of the shorter side. */
const LEAST_FRAMED = 24;

/** Ruled lines are thinner than this share of the picture's longest side. */
const WIDEST = 1 / 64;

/** Nor are they wider than this in small pictures, in pixels: where a camera blurs them, and else. */
const WIDEST_BLURRED = 4;
const WIDEST_SHARP = 3;

/** Along and across the lines that are looked for: from left to right, or from top to bottom. */
interface Axes {
  readonly length: number;
  readonly breadth: number;
  readonly along: number;
  readonly across: number;
}

const axesOf = ({ width, height }: Plane, upright: boolean): Axes =>
  upright
    ? { length: height, breadth: width, along: width, across: 1 }
    : { length: width, breadth: height, along: 1, across: width };

/** Pixels by where they lie along the lines and across them. Few of a picture's are ridges: they are kept one by one. */
interface Ridges {
  readonly count: number;
  readonly along: Uint16Array;
  readonly across: Uint16Array;
}

/** Where a pixel stands out from both of its sides, across the lines, at every nth place along them. */
function findRidges(
  { data, width, height }: Plane,
  upright: boolean,
  reach: number,
  noise: number,
  stride: number,
): Ridges {
  const [rowStep, columnStep] = upright ? [stride, 1] : [1, stride];
  const most = Math.ceil(height / rowStep) * Math.ceil(width / columnStep);
  const columns = new Uint16Array(most);
  const rows = new Uint16Array(most);
  const breadth = upright ? width : height;
  const away = upright ? reach : reach * width;
  let count = 0;
  for (let row = 0; row < height; row += rowStep) {
    for (let column = 0; column < width; column += columnStep) {
      const pixel = row * width + column;
      const value = data[pixel] - noise;
      if (value <= 0) continue;
      const place = upright ? column : row;
      // A frame may be cut at the picture's edge: beyond it there is paper.
      if (place >= reach && value <= data[pixel - away]) continue;
      if (place + reach < breadth && value <= data[pixel + away]) continue;
      columns[count] = column;
      rows[count] = row;
      count += 1;
    }
  }
  return upright ? { count, along: rows, across: columns } : { count, along: columns, across: rows };
}

/** For each line of a direction how many pixels of it are ridges. */
function countOnLines({ count, along, across }: Ridges, { length, breadth }: Axes, tangent: number): Float32Array {
  const shifts = new Int32Array(length);
  for (let at = 0; at < length; at++) shifts[at] = Math.round((at - length / 2) * tangent);
  const counts = new Float32Array(breadth);
  for (let ridge = 0; ridge < count; ridge++) {
    const place = across[ridge] - shifts[along[ridge]];
    if (place >= 0 && place < breadth) counts[place] += 1;
  }
  return counts;
}

/** The direction in which the ridges lie on fewest lines. */
function bestTangent(ridges: Ridges, axes: Axes): number {
  const score = (tangent: number): number => {
    const counts = countOnLines(ridges, axes, tangent);
    let sum = 0;
    for (let place = 0; place < counts.length; place++) sum += counts[place] ** 3;
    return sum;
  };
  const best = (from: number, to: number, step: number): number => {
    let [chosen, most] = [0, -1];
    for (let tangent = from; tangent <= to + step / 2; tangent += step) {
      const value = score(tangent);
      if (value > most) [chosen, most] = [tangent, value];
    }
    return chosen;
  };
  const coarse = best(-STEEPEST, STEEPEST, COARSE_STEP);
  return best(coarse - COARSE_STEP, coarse + COARSE_STEP, FINE_STEP);
}

/** The stretches of places that are next to each other. */
function stretches(places: readonly number[]): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  for (const place of places) {
    const open = found.at(-1);
    if (open && place - open.last <= 2) open.last = place;
    else found.push({ first: place, last: place });
  }
  return found;
}

/**
 * Takes one ruled line away. What is stronger than the line alone is ink on it; and where there is ink on both of its
 * sides, the ink goes on across it.
 */
function removeLine(
  from: Float32Array,
  to: Float32Array,
  axes: Axes,
  tangent: number,
  first: number,
  last: number,
): void {
  const { length, breadth, along, across } = axes;
  const own: number[] = [];
  const middle = Math.round((first + last) / 2);
  const inside = (place: number): boolean => place >= 0 && place < breadth;
  const strongest = (at: number): number => {
    const shift = Math.round((at - length / 2) * tangent);
    let most = 0;
    for (let place = first; place <= last; place++) {
      if (inside(place + shift)) most = Math.max(most, from[(place + shift) * across + at * along]);
    }
    return most;
  };
  for (let at = 0; at < length; at++)
    if (inside(middle + Math.round((at - length / 2) * tangent))) own.push(strongest(at));
  own.sort((one, other) => one - other);
  const line = (own[Math.floor(own.length * 0.5)] ?? 0) * 1.15;
  for (let at = 0; at < length; at++) {
    const shift = Math.round((at - length / 2) * tangent);
    const value = (place: number): number => (inside(place) ? from[place * across + at * along] : 0);
    const above = Math.max(value(first + shift - 3), value(first + shift - 4));
    const below = Math.max(value(last + shift + 3), value(last + shift + 4));
    const through = Math.min(above, below);
    for (let place = first + shift - 2; place <= last + shift + 2; place++) {
      if (!inside(place)) continue;
      const index = place * across + at * along;
      const more = line < 1 ? Math.max(0, (from[index] - line) / (1 - line)) : 0;
      to[index] = Math.min(to[index], Math.max(more, through > line * 0.6 ? Math.min(through, from[index]) : 0));
    }
  }
}

/** A stretch of places that a line may fill. */
interface Candidate {
  readonly axes: Axes;
  readonly upright: boolean;
  readonly tangent: number;
  readonly first: number;
  readonly last: number;
  readonly coverage: number;
}

/** The straight and thin lines of one direction that may be ruled. */
function findLines(plane: Plane, upright: boolean, reach: number, noise: number): Candidate[] {
  const axes = axesOf(plane, upright);
  const some = findRidges(plane, upright, reach, noise, STRIDE);
  const tangent = bestTangent(some, axes);
  // Where so little of a line is, there is none.
  const most = countOnLines(some, axes, tangent).reduce((one, other) => Math.max(one, other));
  if (most * STRIDE < (LEAST_COVERAGE / 4) * axes.length) return [];
  const all = findRidges(plane, upright, reach, noise, 1);
  const shares = countOnLines(all, axes, tangent).map((count) => count / axes.length);
  const ruled = [...shares.keys()].filter((place) => shares[place] > LEAST_COVERAGE);
  return stretches(ruled)
    .filter(({ first, last }) => last - first <= reach)
    .map(({ first, last }) => {
      const most = Math.max(...shares.subarray(first, last + 1));
      return { axes, upright, tangent, first, last, coverage: most };
    });
}

/** Where a line's middle is at a place along it. */
const shiftAt = ({ axes: { length }, tangent }: Candidate, at: number): number =>
  Math.round((at - length / 2) * tangent);

/** The places, from the first to the last, of which the ink is more than a trace of all. */
function extent(counts: readonly number[]): { first: number; last: number; length: number } {
  const least = 0.01 * counts.reduce((sum, count) => sum + count, 0);
  const first = counts.findIndex((count) => count > least);
  const last = counts.findLastIndex((count) => count > least);
  return { first, last, length: last - first + 1 };
}

/**
 * Which of the lines are printed, and not bars or stems of the digits, which in a picture that is cropped to the ink
 * reach from edge to edge too: those that are paler than the ink, longer than any bar of a digit, or go beyond the ink on
 * both sides.
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
  /** The first and the last place along each line with ink, and the share between them that is dark. */
  const spans: { readonly from: number; readonly to: number; readonly filled: number }[] = [];
  const strengths = lines.map((line) => {
    const { axes, first, last } = line;
    let strong = 0;
    /** Places along the line without ink, at its beginning and since its last ink; of what is inside the picture. */
    let [before, after, isInside] = [0, 0, false];
    for (let at = 0; at < axes.length; at++) {
      let most = -1;
      for (let place = first - 1; place <= last + 1; place++) {
        const shifted = place + shiftAt(line, at);
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
    reachesEnds.push(Math.max(before, after) <= Math.max(1, AT_END * axes.length));
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
  const isInk = columns.reduce((sum, count) => sum + count, 0) > LEAST_INK * rest.length;
  /** Whether the strokes of digits are no wider than lines may be. */
  const isSmall = Math.max(width, height) * WIDEST < WIDEST_BLURRED;
  const level = lines.filter(({ upright }) => !upright).length;
  const widest = Math.max(1, WIDEST_DARK * Math.min(width, height));
  const isAtEdge = ({ first, last, axes: { breadth } }: Candidate): boolean =>
    Math.min(first, breadth - 1 - last) < FRAME * breadth;
  /** Whether a line is a side of a frame, which may have paper around it: along an edge, from one side across it to the other. */
  const isSide = (index: number): boolean => {
    const line = lines[index];
    const { from, to, filled } = spans[index];
    if (!isAtEdge(line) || filled < LEAST_FRAME) return false;
    const near = Math.max(2, AT_CORNER * line.axes.length);
    const isCorner = (place: number): boolean =>
      lines.some(
        (other) =>
          other.upright !== line.upright &&
          isAtEdge(other) &&
          place >= other.first - near &&
          place <= other.last + near,
      );
    return isCorner(from) && isCorner(to);
  };
  return lines.filter((line, index) => {
    const { upright, axes, coverage: share, first, last } = line;
    const { length } = axes;
    // A stem and the shadows beside it are a line in part.
    if (strengths[index] < (upright && isSmall ? MOST_STEM : LEAST_COVERAGE)) return true;
    const isLong = !upright && length > LONGEST_BAR * down.length;
    // Few crop a photograph so closely to the ink that a stem goes from edge to edge.
    if (photographed)
      return !isSmall || reachesEnds[index] || isSide(index) || (isLong && strengths[index] >= LEAST_FRAME);
    if (!isInk) return level > MOST_BARS;
    if (Math.min(width, height) < LEAST_FRAMED || last - first + 1 > widest) return false;
    if (isSide(index)) return true;
    if (share < LEAST_DARK_COVERAGE || !reachesEnds[index]) return false;
    const ink = upright ? down : across;
    const [before, after] = [ink.first, length - 1 - ink.last];
    if (Math.min(before, after) >= BEYOND * length) return true;
    // A digit that fills a cropped picture has a stem along its edge as well, but no second one.
    if (isAtEdge(line) && strengths[index] >= LEAST_FRAME && lines.length > 1) return true;
    return isLong;
  });
}

/**
 * The difference from the paper without ruled lines, squares and frames: straight, thin, from edge to edge of the
 * picture, and no steeper than 12 degrees. What has none stays as it is.
 *
 * @param noise the paper's own unrest
 * @param kind a `camera` blurs lines, and what it sees of a sheet `photographed` in uneven light may be but a part of it
 */
export function removeRuling(plane: Plane, noise: number, kind: 'drawn' | 'camera' | 'photographed'): Plane {
  const photographed = kind === 'photographed';
  const reach = Math.max(
    kind === 'drawn' ? WIDEST_SHARP : WIDEST_BLURRED,
    Math.round(Math.max(plane.width, plane.height) * WIDEST),
  );
  const lines = [false, true].flatMap((upright) => findLines(plane, upright, reach, noise));
  if (lines.length === 0) return plane;
  const printed = printedLines(plane, lines, photographed);
  let data = plane.data;
  // One direction after the other: where two lines cross, either would go on as ink across the other one.
  for (const direction of [false, true]) {
    const cleared = data.slice();
    for (const { axes, upright, tangent, first, last } of printed) {
      if (upright === direction) removeLine(data, cleared, axes, tangent, first, last);
    }
    data = cleared;
  }
  return { ...plane, data };
}
