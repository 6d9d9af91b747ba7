import { eraseLine } from './erase-line.js';
import { followLine, type Course } from './follow-line.js';
import type { Plane } from './plane.js';
import { quantile } from './quantile.js';
import { findLines, type RuledLine } from './ruled-lines.js';

/** The sides of a frame are dark over at least this share of their length, horizontally and vertically. */
const MIN_FILLED = 0.8;
const MIN_SIDE_COVERAGE = 0.87;

/**
 * Of the coverage of a vertical side, at least this share is clear of the digits that touch it, in frames at least this
 * many times as high as a line may be wide: in lower ones, such as a 0 of 20 px, strokes of digits are as thin as lines.
 */
const MIN_CLEAR = 0.6;
const MIN_HEIGHT_IF_TOUCHED = 12;

/** A pixel of a side is dark if it has at least this share of the side's own strength, however pale. */
const OWN_DARK = 0.5;

/** The share of the strengths along a line that may be gaps, or ink on it. */
const USUAL = 0.6;

/** Horizontal sides begin and end at the vertical ones, within this share of the picture's width, or these pixels. */
const TOLERANCE = 0.02;
const MIN_TOLERANCE = 3;

/** The blur of a line reaches this many pixels beyond it. */
const BLUR = 2;

/** A frame is at least this many times as high as a line may be wide. */
const MIN_HEIGHT = 4;

/** A horizontal line with the course of its ink. */
interface Side {
  readonly line: RuledLine;
  readonly course: Course;
}

/** Follows a line, with its own strength as the measure of what is dark. */
function toSide(plane: Plane, line: RuledLine): Side {
  const { axes, first, last, shifts } = line;
  const strengths = new Float32Array(axes.length).map((_, at) => {
    let most = 0;
    for (let position = first + shifts[at]; position <= last + shifts[at]; position++) {
      if (position < 0 || position >= axes.breadth) continue;
      most = Math.max(most, plane.data[position * axes.across + at * axes.along]);
    }
    return most;
  });
  return { line, course: followLine(plane, line, OWN_DARK * quantile(strengths, USUAL)) };
}

function eraseLines(plane: Plane, lines: readonly RuledLine[]): Plane {
  const data = plane.data.slice();
  for (const line of lines) eraseLine(plane.data, data, line, false);
  return { ...plane, data };
}

/** Erases the frame between two horizontal sides, and the lines that divide it; null if they are not sides of one. */
function removeFrame(plane: Plane, [upper, lower]: readonly Side[], reach: number, noise: number): Plane | null {
  const { width, height } = plane;
  const tolerance = Math.max(MIN_TOLERANCE, TOLERANCE * width);
  const { from, to } = upper.course;
  if (Math.abs(from - lower.course.from) > tolerance || Math.abs(to - lower.course.to) > tolerance) return null;
  const slope = Math.max(...upper.line.shifts.slice(from, to).map(Math.abs));
  const top = Math.max(0, upper.line.first - BLUR - slope);
  const bottom = Math.min(height, lower.line.last + BLUR + 1 + slope);
  if (bottom - top < MIN_HEIGHT * reach) return null;
  const bandOf = ({ data }: Plane): Plane => ({
    data: data.slice(top * width, bottom * width),
    width,
    height: bottom - top,
  });
  // The band is higher than the frame where that slopes.
  const coverage = MIN_SIDE_COVERAGE * (1 - (2 * slope) / (bottom - top));
  const band = bandOf(plane);
  const linesOf = (least: number): RuledLine[] => findLines(band, true, reach, noise, least);
  const mayBeTouched = bottom - top >= MIN_HEIGHT_IF_TOUCHED * reach;
  const covered = (mayBeTouched ? linesOf(MIN_CLEAR * coverage) : []).filter((line) => {
    const { strength, uncovered } = toSide(band, line).course;
    return Math.min(strength, uncovered) >= coverage;
  });
  const verticals = [...linesOf(coverage), ...covered];
  const isAt = (position: number): boolean =>
    verticals.some(({ first, last }) => first <= position + tolerance && last >= position - tolerance);
  if (!isAt(from) || !isAt(to)) return null;
  const erased = eraseLines(plane, [upper.line, lower.line]);
  erased.data.set(eraseLines(bandOf(erased), verticals).data, top * width);
  return erased;
}

/**
 * Erases frames that end inside the picture, such as a form's row of boxes: two horizontal lines with the same ends, and
 * the vertical lines across the band between them. Digits may touch them. Without any, the plane is returned unchanged.
 *
 * @param lines horizontal ones, from top to bottom
 * @param reach maximum width of a line, in pixels
 * @param noise of the paper
 */
export function removeFrames(plane: Plane, lines: readonly RuledLine[], reach: number, noise: number): Plane {
  const sides = lines
    .map((line) => toSide(plane, line))
    .filter(({ course: { filled, reachesEnds } }) => filled >= MIN_FILLED && !reachesEnds);
  return sides
    .slice(1)
    .reduce((rest, lower, index) => removeFrame(rest, [sides[index], lower], reach, noise) ?? rest, plane);
}
