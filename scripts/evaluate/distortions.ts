/** Pictures of digits with eight kinds of distortion, at five strengths each. Pure and deterministic. */
import type { Random } from '../../models/training/data/random.js';
import { IMAGE_SIDE } from '../../src/model/shapes.js';
import { normal } from './random.js';
import { blur, clamp, sample } from './raster.js';

/** Pixels of a sheet per pixel of the image. */
const zoom = 4;

/** Width and height of a sheet in pixels: room for images that are scaled up or rotated. */
export const sheetSide = 42 * zoom;

/** `sheetSide` squared values, row-major, 0 (paper) to 1 (ink). */
export type Sheet = Float32Array;

/**
 * Puts an image on a sheet, transformed by a linear map about the center, with bilinear interpolation.
 * @param pixels 28x28, 0 (paper) to 255 (ink)
 * @param inverse from a point on the sheet (in image pixels, from the center) to one in the image:
 *   x' = ax + by, y' = cx + dy
 */
function place(pixels: Uint8Array, [a, b, c, d]: readonly [number, number, number, number]): Sheet {
  const at = (column: number, row: number) =>
    column >= 0 && column < IMAGE_SIDE && row >= 0 && row < IMAGE_SIDE ? pixels[row * IMAGE_SIDE + column] / 255 : 0;
  return Float32Array.from({ length: sheetSide ** 2 }, (_, index) => {
    const x = ((index % sheetSide) + 0.5 - sheetSide / 2) / zoom;
    const y = (Math.floor(index / sheetSide) + 0.5 - sheetSide / 2) / zoom;
    return sample(at, a * x + b * y + IMAGE_SIDE / 2 - 0.5, c * x + d * y + IMAGE_SIDE / 2 - 0.5);
  });
}

/** The undistorted image. */
export const plainSheet = (pixels: Uint8Array): Sheet => place(pixels, [1, 0, 0, 1]);

const sign = (random: Random) => (random.chance(0.5) ? -1 : 1);

const mapSheet = (sheet: Sheet, change: (value: number) => number): Sheet => sheet.map((value) => clamp(change(value)));

/** Thickens lines by the darkest ink within a disc, or thins them by the lightest if the radius is negative. */
function thicken(sheet: Sheet, radius: number): Sheet {
  const reach = Math.ceil(Math.abs(radius));
  const offsets: number[] = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) if (x * x + y * y <= radius * radius) offsets.push(y * sheetSide + x);
  }
  const choose = radius > 0 ? Math.max : Math.min;
  return sheet.map((value, index) =>
    offsets.reduce((chosen, offset) => choose(chosen, sheet[index + offset] ?? 0), value),
  );
}

/** Covers a square whose center is on the ink. */
function occlude(sheet: Sheet, side: number, random: Random): Sheet {
  const inked = [...sheet.keys()].filter((index) => sheet[index] > 0.5);
  const center = random.pick(inked);
  const covers = (value: number, middle: number) => value >= middle - side / 2 && value < middle + side / 2;
  return sheet.map((value, index) =>
    covers(index % sheetSide, center % sheetSide) &&
    covers(Math.floor(index / sheetSide), Math.floor(center / sheetSide))
      ? 0
      : value,
  );
}

export interface Distortion {
  readonly kind: string;
  /** Unit of the strengths. */
  readonly unit: string;
  readonly strengths: readonly number[];
  readonly apply: (pixels: Uint8Array, strength: number, random: Random) => Sheet;
}

export const distortions: readonly Distortion[] = [
  {
    kind: 'rotation',
    unit: 'degrees to either side',
    strengths: [5, 10, 15, 20, 30],
    apply: (pixels, degrees, random) => {
      const angle = (sign(random) * degrees * Math.PI) / 180;
      return place(pixels, [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle)]);
    },
  },
  {
    kind: 'scale',
    unit: 'times the size',
    strengths: [0.2, 0.35, 0.5, 0.75, 1.4],
    apply: (pixels, factor) => place(pixels, [1 / factor, 0, 0, 1 / factor]),
  },
  {
    kind: 'shear',
    unit: 'to either side, per height',
    strengths: [0.1, 0.2, 0.3, 0.4, 0.5],
    apply: (pixels, amount, random) => place(pixels, [1, sign(random) * amount, 0, 1]),
  },
  {
    kind: 'noise',
    unit: 'standard deviation, of the way from paper to ink',
    strengths: [0.05, 0.1, 0.15, 0.2, 0.3],
    apply: (pixels, deviation, random) => mapSheet(plainSheet(pixels), (value) => value + deviation * normal(random)),
  },
  {
    kind: 'blur',
    unit: 'standard deviation in pixels of 28',
    strengths: [0.5, 0.75, 1, 1.5, 2],
    apply: (pixels, sigma) =>
      blur(plainSheet(pixels), sigma * zoom, { side: sheetSide, channels: 1, extended: false, Sums: Float64Array }),
  },
  {
    kind: 'thickness',
    unit: 'pixels of 28 added on each side of a line',
    strengths: [-0.75, -0.5, 0.5, 1, 1.5],
    apply: (pixels, radius) => thicken(plainSheet(pixels), radius * zoom),
  },
  {
    kind: 'contrast',
    unit: 'of the ink left',
    strengths: [0.5, 0.3, 0.2, 0.15, 0.1],
    apply: (pixels, share) => mapSheet(plainSheet(pixels), (value) => value * share),
  },
  {
    kind: 'occlusion',
    unit: 'pixels of 28, side of a square of paper on the ink',
    strengths: [2, 3, 4, 6, 8],
    apply: (pixels, side, random) => occlude(plainSheet(pixels), side * zoom, random),
  },
];

/** A sheet as bytes, dark ink on light paper. */
export const toBytes = (sheet: Sheet): Uint8Array => Uint8Array.from(sheet, (value) => Math.round(255 * (1 - value)));
