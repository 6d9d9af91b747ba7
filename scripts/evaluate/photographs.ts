/** Photographs of digits on paper, synthetic: MNIST's images as ink, in the light of a desk. Pure, and the same at each run. */
import { Random } from '../../models/training/data/random.js';
import { IMAGE_SIDE } from '../../src/model/shapes.js';
import { blur, clamp, sample } from './raster.js';

/** 0..1 each. */
type Color = readonly [red: number, green: number, blue: number];

/** Width and height of a photograph in pixels. */
export const photographSide = 640;

/** What inks and printed lines leave of the light. */
const black: Color = [0.12, 0.12, 0.14];
const blue: Color = [0.16, 0.24, 0.6];
const pencil: Color = [0.5, 0.5, 0.52];
const blueLine: Color = [0.62, 0.75, 0.93];
const grayLine: Color = [0.75, 0.75, 0.75];
const redLine: Color = [0.93, 0.66, 0.66];

/** What a photograph is taken of, and how. */
interface Scene {
  readonly ink: Color;
  readonly ruling: 'none' | 'lines' | 'squares';
  readonly rulingColor: Color;
  /** Degrees, to either side. */
  readonly tilt: number;
  /** Share of the light that is lost from one side to the other. */
  readonly gradient: number;
  /** Share of the light that is lost in a shadow with a soft edge. */
  readonly shadow: number;
  /** Share of the light that is lost in the corners. */
  readonly vignette: number;
  /** Standard deviation in pixels. */
  readonly blur: number;
  /** Standard deviation, of the way from black to white. */
  readonly noise: number;
}

const plain: Scene = {
  ink: black,
  ruling: 'none',
  rulingColor: blueLine,
  tilt: 0,
  gradient: 0,
  shadow: 0,
  vignette: 0,
  blur: 0.8,
  noise: 0.01,
};

/** By kind; what is not given is as on plain paper. */
const variations: Readonly<Record<string, Partial<Scene>>> = {
  'plain paper, even light': {},
  'blue ink': { ink: blue },
  pencil: { ink: pencil },
  'light from one side': { gradient: 0.6 },
  'a shadow': { shadow: 0.5 },
  vignette: { vignette: 0.5 },
  'pencil, light from one side': { ink: pencil, gradient: 0.6 },
  'blue lines': { ruling: 'lines' },
  'gray squares': { ruling: 'squares', rulingColor: grayLine },
  'red lines, blue ink': { ruling: 'lines', rulingColor: redLine, ink: blue },
  'blue squares, pencil': { ruling: 'squares', ink: pencil },
  'tilt up to 10 degrees': { tilt: 10 },
  'blur and noise': { blur: 2.5, noise: 0.04 },
  'squares, tilt, shadow, vignette, blue ink': {
    ink: blue,
    ruling: 'squares',
    tilt: 10,
    gradient: 0.3,
    shadow: 0.4,
    vignette: 0.3,
    blur: 1.2,
    noise: 0.02,
  },
};

export const scenes = Object.entries(variations).map(([kind, own]) => ({ kind, scene: { ...plain, ...own } }));

function smoothStep(from: number, to: number, value: number): number {
  const share = clamp((value - from) / (to - from));
  return share * share * (3 - 2 * share);
}

/** Ink of an image between its pixels, with the sharp edge of a pen. `x` and `y` in image pixels. */
function inkAt(pixels: Uint8Array, x: number, y: number): number {
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  if (left < 0 || top < 0 || left > IMAGE_SIDE - 2 || top > IMAGE_SIDE - 2) return 0;
  const at = (column: number, row: number) => pixels[row * IMAGE_SIDE + column];
  return smoothStep(0.3, 0.7, sample(at, x - 0.5, y - 0.5) / 255);
}

/** How much of a ruled line is at a position; lines are `spacing` apart. */
function lineAt(position: number, spacing: number, width: number): number {
  const away = Math.abs(position - spacing * Math.round(position / spacing));
  return clamp(width / 2 + 0.5 - away);
}

/**
 * A photograph of one image.
 * @param pixels 28x28, 0 (paper) to 255 (ink)
 * @param seed an integer
 * @returns RGBA of `photographSide` squared pixels
 */
export function photograph(pixels: Uint8Array, scene: Scene, seed: number): Uint8ClampedArray<ArrayBuffer> {
  const random = new Random(seed * 7919 + 17);
  const side = photographSide;
  const angle = (random.between(-scene.tilt, scene.tilt) * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const zoom = (side * random.between(0.5, 0.75)) / IMAGE_SIDE;
  const middle = { x: side * random.between(0.45, 0.55), y: side * random.between(0.45, 0.55) };
  const spacing = side * (scene.ruling === 'squares' ? random.between(0.08, 0.14) : random.between(0.14, 0.25));
  const phase = { x: random.between(0, spacing), y: random.between(0, spacing) };
  const lineWidth = random.between(2, 3.5);
  const lightFrom = random.between(0, 2 * Math.PI);
  const shadowFrom = random.between(0, 2 * Math.PI);
  const shadowEdge = random.between(-0.15, 0.15);
  const softness = random.between(0.02, 0.1);
  const brightness = random.between(0.75, 0.95);
  const paper = [1, random.between(0.97, 1), random.between(0.9, 0.98)];
  const values = new Float32Array(side * side * 3);
  for (let row = 0, pixel = 0; row < side; row++) {
    for (let column = 0; column < side; column++, pixel++) {
      const [awayX, awayY] = [column - middle.x, row - middle.y];
      const x = cosine * awayX + sine * awayY;
      const y = cosine * awayY - sine * awayX;
      const inked = inkAt(pixels, x / zoom + IMAGE_SIDE / 2, y / zoom + IMAGE_SIDE / 2);
      const lines = scene.ruling === 'none' ? 0 : lineAt(y + phase.y, spacing, lineWidth);
      const columns = scene.ruling === 'squares' ? lineAt(x + phase.x, spacing, lineWidth) : 0;
      const ruled = Math.max(lines, columns);
      const [fromX, fromY] = [column / side - 0.5, row / side - 0.5];
      const along = fromX * Math.cos(lightFrom) + fromY * Math.sin(lightFrom);
      const across = fromX * Math.cos(shadowFrom) + fromY * Math.sin(shadowFrom);
      const light =
        brightness *
        (1 - scene.gradient * clamp(along + 0.5)) *
        (1 - scene.shadow * smoothStep(-softness, softness, across - shadowEdge)) *
        (1 - scene.vignette * Math.min(1, 2 * (fromX ** 2 + fromY ** 2)));
      for (let channel = 0; channel < 3; channel++) {
        values[pixel * 3 + channel] =
          light *
          paper[channel] *
          (1 - ruled * (1 - scene.rulingColor[channel])) *
          (1 - inked * (1 - scene.ink[channel]));
      }
    }
  }
  const blurred = blur(values, scene.blur, { side, channels: 3, extended: true, Sums: Float32Array });
  const photo = new Uint8ClampedArray(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      // Nearly normal, and quick: the sum of three uniform samples has a variance of a quarter.
      const noise = (random.next() + random.next() + random.next() - 1.5) * 2 * scene.noise;
      photo[pixel * 4 + channel] = 255 * (blurred[pixel * 3 + channel] + noise);
    }
    photo[pixel * 4 + 3] = 255;
  }
  return photo;
}
