import { connectInk } from './connected-ink.js';
import type { DividedPicture } from './find-sheet.js';
import { quantile } from './quantile.js';
import type { ColorPlane } from './reduce-pixels.js';
import { squaredDistances } from './squared-distances.js';
import { classify, type TwoColors } from './two-classes.js';

/** A shadow is wider than twice this share of the picture's longest side; lines of ink are narrower. */
const REACH = 0.04;

/** It falls from outside: it touches the picture's edge over at least this share of the longest side. Ink does not. */
const MIN_CONTACT = 0.15;

/** The paper in the light, far from the shadow and ink, covers at least this share of the picture; chalk does not. */
const MIN_LIT = 0.02;

/** Width of the blurred edge on both sides, and of the two bands beside it, as shares of the longest side. */
const EDGE = 0.014;
const BAND = 0.02;

/** None of these is narrower, in pixels. */
const MIN_WIDTH = 3;

/** With fewer pixels in one of the bands, the light cannot be measured. */
const MIN_BAND = 20;

/** Beyond a sharp edge, the light is even to this factor; beside a soft one, it goes on changing. */
const MAX_FALL = 1.06;

/** A shadow leaves this share of the light, alike in all colors. */
const MIN_LIGHT = 0.3;
const MAX_LIGHT = 0.87;
const MAX_TINT = 1.3;

/** Darker medians are raised to this, so that their ratios are meaningful. */
const DARKEST = 0.02;

/** Returns which pixels of a class are farther than `reach` from the other one: its parts without lines. */
function erode(classes: Uint8Array, distances: Int32Array, own: 0 | 1, reach: number): Uint8Array {
  return classes.map((value, pixel) => (value === own && distances[pixel] > reach * reach ? 1 : 0));
}

/** Clears the parts of an eroded shadow that do not come from the picture's edge, or stay close to it, like cut ink. */
function keepCast(core: Uint8Array, width: number, height: number, reach: number): void {
  const { labels, masses } = connectInk({ data: Float32Array.from(core), width, height });
  const contacts = new Int32Array(masses.length);
  const depths = new Int32Array(masses.length);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const label = labels[pixel];
      if (label === 0) continue;
      const depth = Math.min(row, column, height - 1 - row, width - 1 - column);
      if (depth === 0) contacts[label] += 1;
      depths[label] = Math.max(depths[label], depth);
    }
  }
  const least = Math.max(2, MIN_CONTACT * Math.max(width, height) - 2 * reach);
  for (let pixel = 0; pixel < core.length; pixel++) {
    if (contacts[labels[pixel]] < least || depths[labels[pixel]] < reach) core[pixel] = 0;
  }
}

/** Returns which pixels are in a shadow, ink in it included only where it is wide; null if there is none. */
function findShadow(classes: Uint8Array, width: number, height: number): Uint8Array | null {
  const reach = REACH * Math.max(width, height);
  const distances = squaredDistances(classes, width, height);
  const core = erode(classes, distances, 0, reach);
  if (!core.includes(1)) return null;
  const lit = erode(classes, distances, 1, reach).reduce((sum, value) => sum + value, 0);
  if (lit < MIN_LIT * classes.length) return null;
  keepCast(core, width, height, reach);
  if (!core.includes(1)) return null;
  const toCore = squaredDistances(core, width, height);
  return core.map((value, pixel) => (value || (classes[pixel] === 0 && toCore[pixel] <= reach * reach) ? 1 : 0));
}

/** Returns the widths of a shadow's blurred edge, and of the bands beside it, in pixels. */
function widthsAt({ width, height }: ColorPlane): readonly number[] {
  return [EDGE, BAND].map((share) => Math.max(MIN_WIDTH, share * Math.max(width, height)));
}

/**
 * Measures the share of light, 0..1, that is left in a shadow, for each color; null if its edge is not sharp, or if it is
 * too dark, too light or too colorful for a shadow.
 */
function lightIn(shadow: Uint8Array, picture: ColorPlane): readonly number[] | null {
  const { data, width, height } = picture;
  const away = squaredDistances(shadow, width, height);
  const [edge, band] = widthsAt(picture);
  const [start, middle, end] = [edge, edge + band, edge + 2 * band].map((distance) => distance * distance);
  const factors: number[] = [];
  for (let channel = 0; channel < 3; channel++) {
    /** The values of the near and the far band, in the light and in the shadow. */
    const bands: [lit: number[], dark: number[]][] = [
      [[], []],
      [[], []],
    ];
    for (let pixel = 0; pixel < shadow.length; pixel++) {
      if (away[pixel] <= start || away[pixel] > end) continue;
      bands[away[pixel] > middle ? 1 : 0][shadow[pixel]].push(data[4 * pixel + channel]);
    }
    if (bands.flat().some(({ length }) => length < MIN_BAND)) return null;
    const [[lit, dark], [farLit, farDark]] = bands.map((own) =>
      own.map((values) => Math.max(DARKEST, quantile(Float32Array.from(values), 0.5))),
    );
    if (farLit > MAX_FALL * lit || dark > MAX_FALL * farDark) return null;
    factors.push(dark / lit);
  }
  const [least, most] = [Math.min(...factors), Math.max(...factors)];
  return least < MIN_LIGHT || most > MAX_LIGHT || most > MAX_TINT * least ? null : factors;
}

/** Returns the sums of each channel, and the number of pixels, above and to the left of each pixel (Crow 1984). */
function summedAreas(data: Float32Array, isOut: Uint8Array, width: number, height: number): Float64Array {
  const stride = 4 * (width + 1);
  const sums = new Float64Array(stride * (height + 1));
  for (let row = 0; row < height; row++) {
    const line = [0, 0, 0, 0];
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      if (isOut[pixel] === 0) {
        for (let channel = 0; channel < 3; channel++) line[channel] += data[4 * pixel + channel];
        line[3] += 1;
      }
      const at = (row + 1) * stride + 4 * (column + 1);
      for (let channel = 0; channel < 4; channel++) sums[at + channel] = sums[at - stride + channel] + line[channel];
    }
  }
  return sums;
}

/** Limits the pixels of `isEdge` to the mean of the other ones around them: at a shadow's edge, nothing is lighter. */
function limitToSurroundings({ data, width, height }: ColorPlane, isEdge: Uint8Array, reach: number): void {
  const sums = summedAreas(data, isEdge, width, height);
  for (let row = 0; row < height; row++) {
    const [top, bottom] = [Math.max(0, row - reach), Math.min(height, row + reach + 1)].map((at) => at * (width + 1));
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      if (isEdge[pixel] === 0) continue;
      const [left, right] = [Math.max(0, column - reach), Math.min(width, column + reach + 1)];
      const sumOf = (channel: number): number => {
        const at = (corner: number): number => sums[4 * corner + channel];
        return at(bottom + right) - at(top + right) - at(bottom + left) + at(top + left);
      };
      const size = sumOf(3);
      if (size === 0) continue;
      for (let at = 4 * pixel, channel = 0; channel < 3; channel++) {
        data[at + channel] = Math.min(sumOf(channel) / size, data[at + channel]);
      }
    }
  }
}

/**
 * Returns a photograph without a shadow that has a sharp edge, such as that of a hand, a phone or a window frame; null if
 * there is none. A shadow is the darker class without its lines; it comes from the picture's edge, is gray, and beside
 * its edge the light is even on both sides.
 */
export function removeShadow(
  picture: ColorPlane,
  { sample, classes, colors }: DividedPicture & { readonly colors: TwoColors },
): ColorPlane | null {
  // Most pictures have none, which shows in the sample.
  const rough = findShadow(classes, sample.width, sample.height);
  const light = rough && lightIn(rough, sample);
  if (!light) return null;
  const { width, height } = picture;
  const shadow = findShadow(classify(picture, colors), width, height);
  if (!shadow) return null;
  const away = squaredDistances(shadow, width, height);
  const [edge, band] = widthsAt(picture);
  const lit = { data: picture.data.slice(), width, height };
  // Ink at the shadow's edge, or in its corners, belongs to neither side.
  const isEdge = shadow.map((_, pixel) => (away[pixel] <= edge * edge ? 1 : 0));
  for (let pixel = 0; pixel < shadow.length; pixel++) {
    if (shadow[pixel] === 0 && isEdge[pixel] === 0) continue;
    for (let channel = 0; channel < 3; channel++) lit.data[4 * pixel + channel] /= light[channel];
  }
  limitToSurroundings(lit, isEdge, Math.round(edge + band));
  return lit;
}
