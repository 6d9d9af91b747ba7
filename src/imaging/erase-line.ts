import { quantile } from './quantile.js';
import type { RuledLine } from './ruled-lines.js';

/** Lines are erased with this many blurred pixels on both sides. */
const BLUR = 2;

/** The strength of a line varies by this factor along it. */
const VARIATION = 1.15;

/** Where a line has less than this share of its full strength, ink next to it can be told from it. */
const WEAK = 0.3;

/** Ink next to a line has at least this share of the line's strength. */
const MIN_BESIDE = 0.6;

/** The range of positions that are erased, and the line's own strength at each of them. */
interface Profile {
  readonly start: number;
  readonly strengths: readonly number[];
}

/** Measures a line without the ink on it: most of its length is free of ink. */
function measureProfile(from: Float32Array, { axes, first, last, shifts }: RuledLine): Profile {
  const { length, breadth, along, across } = axes;
  const start = first - BLUR;
  const values = new Float32Array(length);
  const strengths = Array.from({ length: last + BLUR - start + 1 }, (_, offset) => {
    let count = 0;
    for (let at = 0; at < length; at++) {
      const position = start + offset + shifts[at];
      if (position >= 0 && position < breadth) values[count++] = from[position * across + at * along];
    }
    return quantile(values.subarray(0, count), 0.5);
  });
  return { start, strengths };
}

/**
 * Erases a ruled line. Ink on it is kept: where it is stronger than the line, and where there is ink next to it, which
 * may end on the line like the base of a 2. In uneven light, shadows lie next to lines: there, only ink on both sides
 * continues across the line.
 */
export function eraseLine(from: Float32Array, to: Float32Array, line: RuledLine, inUnevenLight: boolean): void {
  const { axes, first, last, shifts } = line;
  const { length, breadth, along, across } = axes;
  const { start, strengths } = measureProfile(from, line);
  const strongest = Math.max(...strengths);
  const limit = VARIATION * strongest;
  const outer = inUnevenLight ? Math.min : Math.max;
  const strengthAt = (position: number): number => strengths[position - start] ?? 0;
  // The nearest positions on both sides at which ink can be told from the line.
  let [above, below] = [first - 1, last + 1];
  while (strengthAt(above) > WEAK * strongest) above -= 1;
  while (strengthAt(below) > WEAK * strongest) below += 1;
  for (let at = 0; at < length; at++) {
    const valueAt = (position: number): number => {
      const shifted = position + shifts[at];
      return shifted >= 0 && shifted < breadth ? from[shifted * across + at * along] : 0;
    };
    // Where a part of the line is missing, what lies a pixel beside its usual position is the line, not ink.
    let missing = 0;
    for (let position = above + 1; position < below; position++)
      missing = Math.max(missing, strengthAt(position) - valueAt(position));
    const beside = outer(valueAt(above), valueAt(below)) - missing;
    const continued = beside > MIN_BESIDE * limit ? beside : 0;
    for (let offset = 0; offset < strengths.length; offset++) {
      const position = start + offset + shifts[at];
      if (position < 0 || position >= breadth) continue;
      const index = position * across + at * along;
      const own = limit + missing;
      const more = own < 1 ? Math.max(0, (from[index] - own) / (1 - own)) : 0;
      to[index] = Math.min(to[index], Math.max(more, Math.min(continued, from[index])));
    }
  }
}
