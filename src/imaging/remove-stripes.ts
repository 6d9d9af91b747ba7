import { linesOf, smooth } from './estimate-paper.js';
import type { Plane } from './plane.js';
import { subsample, type ColorPlane } from './reduce-pixels.js';

/** Longest side, in pixels, of the sample that stripes are looked for in. */
const COARSE_SIZE = 96;

/** Light is compared with its mean within this share of the longest side, about the width of two stripes. */
const REACH = 0.12;

/** Logarithms of light are limited to this: ink is darker than a shadow, and counts no more than one. */
const MAX_CHANGE = 0.2;

/** Darker pixels are raised to this, so that their logarithms are meaningful. */
const DARKEST = 0.02;

/** Without shadows, light deviates less than this from its mean around it: root mean square of the logarithms. */
const MIN_CHANGE = 0.1;

/** The dark stripes cover more than this share of the picture, and less than the rest; lines of ink and print do not. */
const MIN_DARK = 0.35;

/** At least this share of all change is from one line to the next, none of it along the lines. */
const MIN_ACROSS = 0.45;

/** Number of edges of stripes; a sheet or a single shadow has one or two. */
const MIN_EDGES = 5;

/** At the picture's edge, at least this share of what belongs to a dark or light stripe is as dark or light. */
const MIN_AT_EDGE = 0.85;

/** A line is taken into account if it has at least this many pixels. */
const MIN_LINE = 8;

/** The directions that are tried, in degrees, and the steps from the best one to a better one. */
const DIRECTIONS = Array.from({ length: 90 }, (_, index) => 2 * index);
const STEPS = [1, 0.5, 0.25, 0.125];

/** A line's light is what this share of its pixels does not exceed: less than the rest of it is ink. */
const LIT = 0.7;

/** A shadow leaves at least this share of the light. */
const MIN_LIGHT = 0.3;

/** Parallel lines, one pixel apart: the one of a pixel is `across * x + down * y + first`, rounded. */
interface Direction {
  readonly across: number;
  readonly down: number;
  readonly first: number;
  readonly count: number;
}

function directionOf(degrees: number, { width, height }: { width: number; height: number }): Direction {
  const [across, down] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const least = Math.min(0, across * (width - 1)) + Math.min(0, down * (height - 1));
  const most = Math.max(0, across * (width - 1)) + Math.max(0, down * (height - 1));
  return { across, down, first: -least, count: Math.ceil(most - least) + 2 };
}

/** Returns how much lighter each pixel is than the light around it: the logarithm of their ratio, limited. */
function measureChanges({ data, width, height }: ColorPlane): Plane {
  const changes = new Float32Array(width * height);
  for (let pixel = 0, at = 0; pixel < changes.length; pixel++, at += 4) {
    changes[pixel] = Math.log(Math.max(DARKEST, (data[at] + data[at + 1] + data[at + 2]) / 3));
  }
  const around = changes.slice();
  const reach = Math.round(REACH * Math.max(width, height));
  for (const lines of linesOf(width, height)) smooth(around, lines, reach);
  for (let pixel = 0; pixel < changes.length; pixel++) {
    changes[pixel] = Math.max(-MAX_CHANGE, Math.min(MAX_CHANGE, changes[pixel] - around[pixel]));
  }
  return { data: changes, width, height };
}

/** The mean change of each line in a direction, and its number of pixels. */
interface Profile {
  readonly means: Float64Array;
  readonly sizes: Int32Array;
}

function profileOf({ data, width, height }: Plane, { across, down, first, count }: Direction): Profile {
  const means = new Float64Array(count);
  const sizes = new Int32Array(count);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const line = Math.round(across * column + down * row + first);
      means[line] += data[pixel];
      sizes[line] += 1;
    }
  }
  for (let line = 0; line < count; line++) means[line] /= Math.max(1, sizes[line]);
  return { means, sizes };
}

/** Returns the direction, of some, that most change is across, and how much that is. */
function steepest(changes: Plane, directions: readonly number[]): { degrees: number; change: number } {
  let best = { degrees: 0, change: -1 };
  for (const degrees of directions) {
    const { means, sizes } = profileOf(changes, directionOf(degrees, changes));
    const change = means.reduce((sum, mean, line) => sum + mean * mean * sizes[line], 0);
    if (change > best.change) best = { degrees, change };
  }
  return best;
}

/** Returns the number of stripes' edges. */
function countEdges({ means, sizes }: Profile, least: number): number {
  let [edges, side] = [0, 0];
  means.forEach((mean, line) => {
    if (sizes[line] < MIN_LINE || Math.abs(mean) < least || Math.sign(mean) === side) return;
    side = Math.sign(mean);
    edges += 1;
  });
  return edges;
}

/** Whether stripes go on to the picture's edge, unlike bold digits. */
function reachEdge({ data, width, height }: Plane, { means }: Profile, direction: Direction, least: number): boolean {
  const { across, down, first } = direction;
  let [striped, all] = [0, 0];
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      if (row > 0 && row < height - 1 && column > 0 && column < width - 1) continue;
      const mean = means[Math.round(across * column + down * row + first)];
      if (Math.abs(mean) < least) continue;
      all += 1;
      if (data[pixel] * mean > 0) striped += 1;
    }
  }
  return striped >= MIN_AT_EDGE * all;
}

/** Returns the direction across the stripes, in degrees; null if there are none. */
function findStripes(changes: Plane): number | null {
  const { data } = changes;
  const all = data.reduce((sum, value) => sum + value * value, 0);
  const change = Math.sqrt(all / data.length);
  const dark = data.reduce((sum, value) => sum + (value < 0 ? 1 : 0), 0) / data.length;
  if (change < MIN_CHANGE || dark < MIN_DARK || dark > 1 - MIN_DARK) return null;
  const best = steepest(changes, DIRECTIONS);
  if (best.change < MIN_ACROSS * all) return null;
  const direction = directionOf(best.degrees, changes);
  const profile = profileOf(changes, direction);
  const isStriped = countEdges(profile, change / 2) >= MIN_EDGES && reachEdge(changes, profile, direction, change / 2);
  return isStriped ? best.degrees : null;
}

/** Returns the pixels of each line. */
function pixelsOfLines({ width, height }: ColorPlane, { across, down, first, count }: Direction): Int32Array[] {
  const lines = new Int32Array(width * height);
  const ends = new Int32Array(count + 1);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      lines[pixel] = Math.round(across * column + down * row + first);
      ends[lines[pixel] + 1] += 1;
    }
  }
  for (let line = 0; line < count; line++) ends[line + 1] += ends[line];
  const starts = ends.slice();
  const pixels = new Int32Array(width * height);
  lines.forEach((line, pixel) => (pixels[ends[line]++] = pixel));
  return Array.from({ length: count }, (_, line) => pixels.subarray(starts[line], starts[line + 1]));
}

/** Returns the light on each line of a direction, of each channel. */
function lightOfLines(picture: ColorPlane, direction: Direction): number[][] {
  const lines = pixelsOfLines(picture, direction);
  return [0, 1, 2].map((channel) => {
    // Lines are short: sorting them is faster than the radix selection of `quantile`.
    const light = lines.map((line) => {
      const values = new Float32Array(line.length);
      for (let at = 0; at < line.length; at++) values[at] = picture.data[4 * line[at] + channel];
      return values.sort()[Math.floor(LIT * line.length)] ?? 0;
    });
    const least = MIN_LIGHT * light.reduce((one, other) => Math.max(one, other));
    return light.map((value) => Math.max(least, value));
  });
}

/**
 * Returns a photograph without parallel shadows across all of it, such as those of blinds; null if there are none. All
 * light is the same along the stripes, other than slow changes, and ink does not cover any line of it.
 *
 * @param sample a smaller version of the picture, to measure the direction in
 */
export function removeStripes(picture: ColorPlane, sample: ColorPlane): ColorPlane | null {
  const found = findStripes(measureChanges(subsample(picture, COARSE_SIZE)));
  if (found === null) return null;
  const changes = measureChanges(sample);
  const degrees = STEPS.reduce((best, step) => steepest(changes, [best, best - step, best + step]).degrees, found);
  const direction = directionOf(degrees, picture);
  const { across, down, first, count } = direction;
  const light = lightOfLines(picture, direction);
  const most = light.map((values) => values.reduce((one, other) => Math.max(one, other)));
  const data = picture.data.slice();
  for (let row = 0, at = 0; row < picture.height; row++) {
    for (let column = 0; column < picture.width; column++, at += 4) {
      const exact = Math.max(0, across * column + down * row + first);
      const line = Math.min(count - 2, Math.floor(exact));
      for (let channel = 0; channel < 3; channel++) {
        const own = light[channel];
        data[at + channel] *= most[channel] / (own[line] + (own[line + 1] - own[line]) * (exact - line));
      }
    }
  }
  return { ...picture, data };
}
