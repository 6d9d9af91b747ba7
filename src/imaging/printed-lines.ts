import { followLine, type Course } from './follow-line.js';
import type { Plane } from './plane.js';
import { quantile } from './quantile.js';
import { MIN_COVERAGE, type Range, type RuledLine } from './ruled-lines.js';

/** A line as dark as the ink is a ridge over this share of its length, wherever it is not covered by wider ink. */
const MIN_DARK_COVERAGE = 0.75;

/** Lines as dark as the ink are thinner than this share of the picture's shorter side. */
const MAX_DARK_WIDTH = 0.09;

/** Pixels above this share of the full strength are dark. */
const DARK = 0.35;

/**
 * Ink other than the lines covers more than this share of a square on the picture's shorter side; otherwise, the lines
 * may be the ink. A wide field has no more ink for one digit than a narrow one.
 */
const MIN_INK = 0.004;

/** Digits have at most this many parallel lines; a ruled sheet has more. */
const MAX_BARS = 2;

/** This many lines, of both orientations together, are squared paper, however dark. */
const MIN_GRID = 5;

/** A horizontal line longer than this, relative to the height of the ink, is not a bar of a digit. */
const MAX_BAR = 1.3;

/** Shorter lines are printed if they extend beyond the ink on both sides, by this share of their length. */
const MIN_OVERHANG = 0.08;

/** A frame is within this share of the picture's side from its edge, and nearly uninterrupted. */
const MAX_FRAME_DISTANCE = 0.12;
const MIN_FRAME = 0.9;

/** A vertical line of which more is dark, in a small picture, is not a pale line that crosses the ink. */
const MAX_DARK_SHARE = 0.25;

/** Less than this share of the ink, at its ends, is only a trace. */
const TRACE = 0.01;

/** The side of a frame ends at the sides across it, within this share of its length. */
const CORNER_TOLERANCE = 0.03;

/** In pictures with a shorter side, in pixels, a straight line is a bar or a stem. */
const MIN_FRAMED = 24;

/** The sides of a frame go on across a line's ends for this many pixels; they may be this far from its end. */
const SIDE_LENGTH = 10;
const SIDE_REACH = 4;

/** The blur of a line reaches this many pixels beyond it. */
const BLUR = 2;

/**
 * Whether lines go off to the same side at both ends of a line: it belongs to a frame, which is dropped as a whole, since
 * its other sides alone would look like ink.
 */
function hasCorners(
  { data }: Plane,
  { axes, first, last, shifts }: RuledLine,
  { from, to }: Course,
  dark: number,
): boolean {
  const { length, breadth, along, across } = axes;
  const isDark = (position: number, at: number): boolean =>
    position >= 0 && position < breadth && at >= 0 && at < length && data[position * across + at * along] > dark;
  const steps = Array.from({ length: SIDE_LENGTH }, (_, step) => step);
  const offsets = Array.from({ length: 2 * SIDE_REACH + 1 }, (_, index) => index - SIDE_REACH);
  const goesOff = (end: number, direction: 1 | -1): boolean => {
    const start = (direction > 0 ? last : first) + shifts[end] + (BLUR + 1) * direction;
    return offsets.some((offset) =>
      steps.every((step) => [-1, 0, 1].some((near) => isDark(start + step * direction, end + offset + near))),
    );
  };
  return ([1, -1] as const).some((direction) => goesOff(from, direction) && goesOff(to, direction));
}

/** Sets the pixels of a line, and those next to it, to 0. */
function clearLine(mask: Uint8Array, { axes, first, last, shifts }: RuledLine): void {
  for (let at = 0; at < axes.length; at++) {
    const start = Math.max(0, first - 1 + shifts[at]);
    const end = Math.min(axes.breadth - 1, last + 1 + shifts[at]);
    for (let position = start; position <= end; position++) mask[position * axes.across + at * axes.along] = 0;
  }
}

/** Returns the range of the ink, without a trace of it on both sides. */
function rangeOf(counts: Int32Array): Range {
  const trace = TRACE * counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  const first = counts.findIndex((count) => (sum += count) > trace);
  sum = 0;
  const last = counts.findLastIndex((count) => (sum += count) > trace);
  return { first, last };
}

/** How much ink there is, and where. */
interface Ink {
  readonly area: number;
  readonly columns: Range;
  readonly rows: Range;
}

function measureInk(mask: Uint8Array, width: number): Ink {
  const columns = new Int32Array(width);
  const rows = new Int32Array(mask.length / width);
  for (let row = 0, pixel = 0; row < rows.length; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      columns[column] += mask[pixel];
      rows[row] += mask[pixel];
    }
  }
  return { area: rows.reduce((sum, count) => sum + count, 0), columns: rangeOf(columns), rows: rangeOf(rows) };
}

/** Whether a line lies along an edge of the picture, possibly with paper around it. */
const isAtEdge = ({ first, last, axes: { breadth } }: RuledLine): boolean =>
  Math.min(first, breadth - 1 - last) < MAX_FRAME_DISTANCE * breadth;

/** Whether a line is a side of a frame: near an edge, from one of the frame's other sides to the opposite one. */
function isSide(line: RuledLine, { from, to, filled }: Course, lines: readonly RuledLine[]): boolean {
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
}

/**
 * Selects printed lines: bars and stems of digits, too, reach from edge to edge if a picture is cropped to the ink.
 * Printed lines are paler than the ink, longer than any bar of a digit, or extend beyond the ink on both sides.
 *
 * @param isSmall whether strokes of digits may be as thin as ruled lines
 */
export function printedLines(
  plane: Plane,
  lines: readonly RuledLine[],
  photographed: boolean,
  isSmall: boolean,
): RuledLine[] {
  const { data, width, height } = plane;
  const shorterSide = Math.min(width, height);
  const inked = data.filter((value) => value > 0);
  const dark = DARK * quantile(inked, 0.99);
  const courses = lines.map((line) => followLine(plane, line, dark));
  // Dark lines that end inside the picture may be stems or bars: they count as ink.
  const mask = new Uint8Array(data.length).map((_, pixel) => (data[pixel] > dark ? 1 : 0));
  lines.forEach((line, index) => {
    const { reachesEnds, strength } = courses[index];
    if (reachesEnds || strength < MIN_COVERAGE) clearLine(mask, line);
  });
  const ink = measureInk(mask, width);
  const isInk = ink.area > MIN_INK * shorterSide ** 2;
  const horizontalCount = lines.filter(({ vertical }) => !vertical).length;
  const isRuled = horizontalCount > MAX_BARS;
  const isSquared = isRuled && lines.length - horizontalCount > MAX_BARS;
  const widest = Math.max(1, MAX_DARK_WIDTH * shorterSide);
  return lines.filter((line, index) => {
    const { vertical, axes, first, last } = line;
    const { length } = axes;
    const { strength, uncovered, reachesEnds } = courses[index];
    // A stem with shadows next to it is a line only in part.
    if (strength < (vertical && isSmall ? MAX_DARK_SHARE : MIN_COVERAGE)) return true;
    const isLong = !vertical && length > MAX_BAR * (ink.rows.last - ink.rows.first + 1);
    // Without any other ink, a single vertical line in a photograph is a 1.
    if (!isInk) return photographed ? !vertical || lines.length > 1 : isRuled;
    if (!photographed && (shorterSide < MIN_FRAMED || last - first + 1 > widest)) return false;
    if (isSide(line, courses[index], lines)) return true;
    if (!reachesEnds) {
      // In large photographs, a line may fade before the picture's edge.
      if (!photographed || (isSmall && strength < MIN_FRAME)) return false;
      return (isLong && !hasCorners(plane, line, courses[index], dark / 2)) || (isSquared && !isSmall);
    }
    if (photographed ? isRuled : (isRuled || lines.length >= MIN_GRID) && !isSmall) return true;
    // Wider ink that covers a line is as dark, and says nothing about it; a stem that ends in a loop is dark only in part.
    const clear = strength >= MIN_FRAME ? uncovered : line.coverage;
    if (!photographed && clear < MIN_DARK_COVERAGE) return false;
    const across = vertical ? ink.rows : ink.columns;
    const [before, after] = [across.first, length - 1 - across.last];
    if (Math.min(before, after) >= MIN_OVERHANG * length) return true;
    // A digit that fills a cropped picture may have a stem along its edge, but not a second one.
    if (isAtEdge(line) && strength >= MIN_FRAME && lines.length > 1) return true;
    return isLong;
  });
}
