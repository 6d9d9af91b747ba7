import {
  boxOfExtent,
  keepComponents,
  MAX_COMPONENTS,
  measureExtents,
  pixelsByComponent,
  type ConnectedInk,
} from './connected-ink.js';
import { middleX, type Box } from './box.js';

/** The base of a comb is lower than this share of its height, also where it slopes; its teeth reach this share. */
const MAX_BASE = 0.3;
const MIN_TOOTH = 0.8;

/** Share of the columns that the base spans, and, at most, that neither belong to the base alone nor to a whole tooth. */
const MIN_SPAN = 0.95;
const MAX_UNCLEAR = 0.06;

/** A tooth is this near to each end, as a share of the comb's height. */
const END = 0.2;

/** Ink fainter than this share of a comb's mean strength is its blur. */
const MIN_STRENGTH = 0.5;

/** A comb is at least this many times as wide as high; digits in it are as tall as it, times this, or taller. */
const MIN_WIDTH = 1.2;
const MIN_DIGIT = 1.2;

/** Returns how high a component's ink reaches in each column of its box, as a share of the box; 0 without ink. */
function reachesOf(
  { plane: { data, width }, masses }: ConnectedInk,
  own: Int32Array,
  component: number,
  box: Box,
): Float32Array {
  const least = (MIN_STRENGTH * masses[component]) / own.length;
  const reaches = new Float32Array(box.width);
  for (const pixel of own) {
    if (data[pixel] < least) continue;
    const column = pixel % width;
    const row = (pixel - column) / width;
    const reach = (box.y + box.height - row) / box.height;
    if (reach > reaches[column - box.x]) reaches[column - box.x] = reach;
  }
  return reaches;
}

/** Whether ink is a straight line with upright teeth of the same height on both ends and, perhaps, between them. */
function hasTeeth(reaches: Float32Array, height: number): boolean {
  const isTooth = (reach: number): boolean => reach >= MIN_TOOTH;
  const end = Math.max(2, END * height);
  if (!reaches.subarray(0, end).some(isTooth) || !reaches.subarray(-end).some(isTooth)) return false;
  const spanned = reaches.filter((reach) => reach > 0).length;
  const base = reaches.filter((reach) => reach > 0 && reach <= MAX_BASE).length;
  const teeth = reaches.filter(isTooth).length;
  return (
    spanned >= MIN_SPAN * reaches.length && base > teeth && spanned - base - teeth <= Math.max(4, MAX_UNCLEAR * spanned)
  );
}

/** Whether a digit stands in a comb: between its ends, above its base, and higher than its teeth. */
function isIn(comb: Box, digit: Box): boolean {
  const middle = middleX(digit);
  return (
    digit.height >= MIN_DIGIT * comb.height &&
    digit.y < comb.y &&
    digit.y + digit.height < comb.y + comb.height &&
    middle > comb.x &&
    middle < comb.x + comb.width
  );
}

/** Drops the combs that forms have below digits: a line with a tooth between each two digits, and on both ends. */
export function dropCombs(ink: ConnectedInk): ConnectedInk {
  if (ink.masses.length <= 2 || ink.masses.length > MAX_COMPONENTS) return ink;
  const extents = measureExtents(ink);
  const pixels = pixelsByComponent(ink, extents);
  const boxes = extents.map(boxOfExtent);
  const isDropped = boxes.map((box, component) => {
    if (component === 0 || box.width < MIN_WIDTH * box.height || !boxes.some((digit) => isIn(box, digit))) return false;
    return hasTeeth(reachesOf(ink, pixels[component], component, box), box.height);
  });
  return keepComponents(ink, (component) => !isDropped[component]);
}
