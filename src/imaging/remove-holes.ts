import { keepComponents, longestSide, measureExtents, type ConnectedInk, type Extent } from './connected-ink.js';
import { lineWidth } from './line-width.js';
import type { Plane } from './plane.js';

/** A hole is at most this many times as long as wide, and fills its box, and is dark, to at least these shares. */
const MAX_ASPECT = 1.35;
const MIN_FILLED = 0.66;
const MIN_STRONG = 0.6;

/** Smaller ones, in pixels, are dots. */
const MIN_SIDE = 6;

/** It is at least this many times as wide as the lines beside it, of which one is at least this many times as long. */
const MIN_WIDTHS = 2.2;
const MIN_LONGER = 1.5;

/** Holes are punched within this share of the picture's longest side from its edge. */
const MAX_DISTANCE = 0.1;

/** A hole's blur reaches this many pixels beyond its box. */
const BLUR = 3;

function isDisc({ left, top, right, bottom, area, strong }: Extent): boolean {
  const [shorter, longer] = [right - left, bottom - top].sort((one, other) => one - other);
  if (shorter < MIN_SIDE || longer > MAX_ASPECT * shorter) return false;
  return area >= MIN_FILLED * shorter * longer && strong >= MIN_STRONG * area;
}

function isNearEdge({ left, top, right, bottom }: Extent, { width, height }: Plane): boolean {
  return Math.min(left, top, width - right, height - bottom) <= MAX_DISTANCE * Math.max(width, height);
}

/** Returns the punched holes in the ink: discs, far wider than the lines beside them. */
function findHoles(ink: ConnectedInk): readonly Extent[] {
  const extents = measureExtents(ink);
  const isHole = extents.map((extent, label) => label > 0 && isDisc(extent));
  const discs = extents.filter((_, label) => isHole[label]);
  const others = extents.filter((_, label) => label > 0 && !isHole[label]);
  // If there is nothing else, they are all that is strong, and pencil is still to be found.
  if (discs.length === 0 || others.length === 0) return discs;
  const longest = others.reduce((most, extent) => Math.max(most, longestSide(extent)), 0);
  const width = lineWidth(keepComponents(ink, (label) => !isHole[label]).plane);
  return discs.filter((disc) => {
    const side = longestSide(disc);
    return side >= MIN_WIDTHS * width && (side * MIN_LONGER <= longest || isNearEdge(disc, ink.plane));
  });
}

/**
 * Removes the punched holes of a sheet, which are darker than a pencil, from the difference from the paper. Null if there
 * are none.
 *
 * @param ink found in the difference, with the holes
 */
export function removeHoles(difference: Plane, ink: ConnectedInk): Plane | null {
  const holes = findHoles(ink);
  if (holes.length === 0) return null;
  const { width, height } = difference;
  const data = difference.data.slice();
  for (const { left, top, right, bottom } of holes) {
    const [from, to] = [Math.max(0, left - BLUR), Math.min(width, right + BLUR)];
    for (let row = Math.max(0, top - BLUR); row < Math.min(height, bottom + BLUR); row++) {
      data.fill(0, row * width + from, row * width + to);
    }
  }
  return { ...difference, data };
}
