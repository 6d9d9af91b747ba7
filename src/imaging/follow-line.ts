import type { Plane } from './plane.js';
import type { RuledLine } from './ruled-lines.js';

/** A line that comes this near to the picture's edge, as a share of its length, extends to it; a stem does not. */
const END_TOLERANCE = 0.04;

/** What is along a line. */
export interface Course {
  /** The share of its length that is dark. */
  readonly strength: number;
  /** The share of its length, where it is not covered by wider ink, over which it is a ridge. */
  readonly uncovered: number;
  /** First and last position with ink, and the dark share between them. */
  readonly from: number;
  readonly to: number;
  readonly filled: number;
  /** Whether it extends from edge to edge of the picture. */
  readonly reachesEnds: boolean;
}

/** Follows a line, with the pixels next to it. */
export function followLine({ data }: Plane, { axes, first, last, shifts, coverage }: RuledLine, dark: number): Course {
  const { length, breadth, along, across } = axes;
  let [strong, covered] = [0, 0];
  /** Positions without ink, at the line's beginning and since its last ink; only inside the picture. */
  let [before, after, isInside] = [0, 0, false];
  for (let at = 0; at < length; at++) {
    const valueAt = (position: number): number => {
      const shifted = position + shifts[at];
      return shifted >= 0 && shifted < breadth ? data[shifted * across + at * along] : -1;
    };
    let most = -1;
    for (let position = first - 1; position <= last + 1; position++) most = Math.max(most, valueAt(position));
    if (most > dark) {
      strong += 1;
      if (Math.max(valueAt(first - 2), valueAt(last + 2)) > dark) covered += 1;
    }
    if (most > dark / 2) {
      isInside = true;
      after = 0;
    } else if (most >= 0) after += 1;
    if (!isInside) before = after;
  }
  const [from, to] = [before, length - 1 - after];
  return {
    strength: strong / length,
    uncovered: Math.min(1, (coverage * length) / Math.max(1, length - covered)),
    from,
    to,
    filled: strong / (to - from + 1),
    reachesEnds: Math.max(before, after) <= Math.max(1, END_TOLERANCE * length),
  };
}
