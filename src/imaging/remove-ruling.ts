import type { Plane } from './plane.js';

/** How steep ruled lines may be: a sheet is held nearly straight. The tangent of 12 degrees. */
const STEEPEST = 0.21;

/** Steps between tangents at first, and around the best of them. */
const COARSE_STEP = 0.01;
const FINE_STEP = 0.0025;

/** Only every so many columns are looked at for the direction. */
const STRIDE = 4;

/** A line is ruled where so much of it, from edge to edge of the picture, is a ridge. */
const LEAST_COVERAGE = 0.5;

/** Ruled lines are thinner than this share of the picture's longest side. */
const WIDEST = 1 / 64;

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

/** Where a pixel stands out from both of its sides, across the lines. */
function ridges(plane: Plane, { length, breadth, along, across }: Axes, reach: number, noise: number): Uint8Array {
  const found = new Uint8Array(length * breadth);
  const { data } = plane;
  for (let place = 0; place < breadth; place++) {
    const before = Math.max(0, place - reach) * across;
    const after = Math.min(breadth - 1, place + reach) * across;
    for (let at = 0; at < length; at++) {
      const side = Math.max(data[before + at * along], data[after + at * along]);
      if (data[place * across + at * along] - side > noise) found[place * length + at] = 1;
    }
  }
  return found;
}

/** For each line of a direction how many of its looked-at pixels are ridges, as a share of the picture's length. */
function coverage(ridge: Uint8Array, { length, breadth }: Axes, tangent: number, stride: number): Float32Array {
  const counts = new Float32Array(breadth);
  for (let at = 0; at < length; at += stride) {
    const shift = Math.round((at - length / 2) * tangent);
    for (let place = Math.max(0, -shift); place < Math.min(breadth, breadth - shift); place++) {
      counts[place] += ridge[(place + shift) * length + at];
    }
  }
  return counts.map((count) => (count * stride) / length);
}

/** The direction in which the ridges lie on fewest lines. */
function bestTangent(ridge: Uint8Array, axes: Axes): number {
  const score = (tangent: number): number =>
    coverage(ridge, axes, tangent, STRIDE).reduce((sum, share) => sum + share ** 3, 0);
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
  const line = Math.min(0.95, (own[Math.floor(own.length * 0.5)] ?? 0) * 1.15);
  for (let at = 0; at < length; at++) {
    const shift = Math.round((at - length / 2) * tangent);
    const value = (place: number): number => (inside(place) ? from[place * across + at * along] : 0);
    const above = Math.max(value(first + shift - 3), value(first + shift - 4));
    const below = Math.max(value(last + shift + 3), value(last + shift + 4));
    const through = Math.min(above, below);
    for (let place = first + shift - 2; place <= last + shift + 2; place++) {
      if (!inside(place)) continue;
      const index = place * across + at * along;
      const more = Math.max(0, (from[index] - line) / (1 - line));
      to[index] = Math.min(to[index], Math.max(more, through > line * 0.6 ? Math.min(through, from[index]) : 0));
    }
  }
}

/**
 * The difference from the paper without ruled lines and squares: straight, thin, from edge to edge of the picture, and
 * no steeper than 12 degrees. What has none stays as it is.
 *
 * @param noise the paper's own unrest
 */
export function removeRuling(plane: Plane, noise: number): Plane {
  const reach = Math.max(3, Math.round(Math.max(plane.width, plane.height) * WIDEST));
  const data = plane.data.slice();
  for (const upright of [false, true]) {
    const axes = axesOf(plane, upright);
    const ridge = ridges(plane, axes, reach, noise);
    const tangent = bestTangent(ridge, axes);
    const shares = coverage(ridge, axes, tangent, 1);
    const ruled = [...shares.keys()].filter((place) => shares[place] > LEAST_COVERAGE);
    for (const { first, last } of stretches(ruled)) {
      if (last - first <= reach) removeLine(plane.data, data, axes, tangent, first, last);
    }
  }
  return { ...plane, data };
}
