import { eraseLine } from './erase-line.js';
import type { Plane } from './plane.js';
import { printedLines } from './printed-lines.js';
import { removeFrames } from './remove-frames.js';
import { findLines, type RuledLine } from './ruled-lines.js';

/** Ruled lines are thinner than this share of the picture's longest side. */
const MAX_WIDTH = 1 / 64;

/** The longest side of a strip counts as at most this many times its shortest: its digits are no larger. */
const MAX_ASPECT = 2;

/** Maximum width of lines in small pictures, in pixels: blurred by a camera, or not. */
const MAX_BLURRED_WIDTH = 4;
const MAX_SHARP_WIDTH = 3;

/**
 * Removes ruled lines, squares and frames from the difference from the paper: straight, thin, from edge to edge of the
 * picture or of a frame, and no steeper than 12 degrees. Without any, the plane is returned unchanged.
 *
 * @param noise of the paper
 * @param kind a `camera` blurs lines; `photographed` in uneven light, the picture may show only a part of the sheet
 */
export function removeRuling(plane: Plane, noise: number, kind: 'drawn' | 'camera' | 'photographed'): Plane {
  const { width, height } = plane;
  const widest = MAX_WIDTH * Math.min(Math.max(width, height), MAX_ASPECT * Math.min(width, height));
  const reach = Math.max(kind === 'drawn' ? MAX_SHARP_WIDTH : MAX_BLURRED_WIDTH, Math.round(widest));
  const linesOf = (own: Plane, vertical: boolean): RuledLine[] => findLines(own, vertical, reach, noise);
  const horizontal = linesOf(plane, false);
  const unframed = removeFrames(plane, horizontal, reach, noise);
  const lines = [...(unframed === plane ? horizontal : linesOf(unframed, false)), ...linesOf(unframed, true)];
  if (lines.length === 0) return unframed;
  const photographed = kind === 'photographed';
  const printed = printedLines(unframed, lines, photographed, widest < MAX_BLURRED_WIDTH);
  if (printed.length === 0) return unframed;
  let data = unframed.data;
  // One orientation after the other: where two lines cross, each would continue as ink across the other.
  for (const direction of [false, true]) {
    const cleared = data.slice();
    for (const line of printed) if (line.vertical === direction) eraseLine(data, cleared, line, photographed);
    data = cleared;
  }
  return { ...plane, data };
}
