/** Photographs of digits on paper, synthetic: MNIST's images as ink, in the light of a desk. Pure, and the same at each run. */
import { createRandom, gaussian } from './random.js';

/** 0..1 each. */
type Color = readonly [red: number, green: number, blue: number];

const imageSide = 28;

/** Width and height of a photograph in pixels. */
export const photographSide = 640;

/** What is left of the light. */
const inks: Record<'black' | 'blue' | 'pencil', Color> = {
  black: [0.12, 0.12, 0.14],
  blue: [0.16, 0.24, 0.6],
  pencil: [0.5, 0.5, 0.52],
};

const rulings: Record<'blue' | 'gray' | 'red', Color> = {
  blue: [0.62, 0.75, 0.93],
  gray: [0.75, 0.75, 0.75],
  red: [0.93, 0.66, 0.66],
};

/** What a photograph is taken of, and how. */
interface Scene {
  readonly ink: keyof typeof inks;
  readonly ruling: 'none' | 'lines' | 'squares';
  readonly rulingColor: keyof typeof rulings;
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
  ink: 'black',
  ruling: 'none',
  rulingColor: 'blue',
  tilt: 0,
  gradient: 0,
  shadow: 0,
  vignette: 0,
  blur: 0.8,
  noise: 0.01,
};

export const scenes: readonly { readonly kind: string; readonly scene: Scene }[] = [
  { kind: 'plain paper, even light', scene: plain },
  { kind: 'blue ink', scene: { ...plain, ink: 'blue' } },
  { kind: 'pencil', scene: { ...plain, ink: 'pencil' } },
  { kind: 'light from one side', scene: { ...plain, gradient: 0.6 } },
  { kind: 'a shadow', scene: { ...plain, shadow: 0.5 } },
  { kind: 'vignette', scene: { ...plain, vignette: 0.5 } },
  { kind: 'pencil, light from one side', scene: { ...plain, ink: 'pencil', gradient: 0.6 } },
  { kind: 'blue lines', scene: { ...plain, ruling: 'lines' } },
  { kind: 'gray squares', scene: { ...plain, ruling: 'squares', rulingColor: 'gray' } },
  { kind: 'red lines, blue ink', scene: { ...plain, ruling: 'lines', rulingColor: 'red', ink: 'blue' } },
  { kind: 'blue squares, pencil', scene: { ...plain, ruling: 'squares', ink: 'pencil' } },
  { kind: 'tilt up to 10 degrees', scene: { ...plain, tilt: 10 } },
  { kind: 'blur and noise', scene: { ...plain, blur: 2.5, noise: 0.04 } },
  {
    kind: 'squares, tilt, shadow, vignette, blue ink',
    scene: {
      ...plain,
      ink: 'blue',
      ruling: 'squares',
      tilt: 10,
      gradient: 0.3,
      shadow: 0.4,
      vignette: 0.3,
      blur: 1.2,
      noise: 0.02,
    },
  },
];

const clamp = (value: number) => Math.min(1, Math.max(0, value));

function smoothStep(from: number, to: number, value: number): number {
  const share = clamp((value - from) / (to - from));
  return share * share * (3 - 2 * share);
}

/** Ink of an image between its pixels, with the sharp edge of a pen. `x` and `y` in image pixels. */
function inkAt(pixels: Uint8Array, x: number, y: number): number {
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  if (left < 0 || top < 0 || left > imageSide - 2 || top > imageSide - 2) return 0;
  const across = x - 0.5 - left;
  const down = y - 0.5 - top;
  const at = top * imageSide + left;
  const upper = pixels[at] * (1 - across) + pixels[at + 1] * across;
  const lower = pixels[at + imageSide] * (1 - across) + pixels[at + imageSide + 1] * across;
  return smoothStep(0.3, 0.7, (upper * (1 - down) + lower * down) / 255);
}

/** How much of a ruled line is at a position; lines are `spacing` apart. */
function lineAt(position: number, spacing: number, width: number): number {
  const away = Math.abs(position - spacing * Math.round(position / spacing));
  return clamp(width / 2 + 0.5 - away);
}

/** Blurs each channel along rows (`step` 1) or columns (`photographSide`). */
function blurLines(values: Float32Array, sigma: number, step: number): Float32Array {
  const weights = gaussian(sigma);
  const side = photographSide;
  const blurred = new Float32Array(values.length);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const at = step === 1 ? pixel % side : Math.floor(pixel / side);
    for (const { offset, weight } of weights) {
      const clamped = Math.min(side - 1, Math.max(0, at + offset));
      const from = (pixel + (clamped - at) * step) * 3;
      for (let channel = 0; channel < 3; channel++) blurred[pixel * 3 + channel] += values[from + channel] * weight;
    }
  }
  return blurred;
}

/**
 * A photograph of one image.
 * @param pixels 28x28, 0 (paper) to 255 (ink)
 * @param seed an integer
 * @returns RGBA of `photographSide` squared pixels
 */
export function photograph(pixels: Uint8Array, scene: Scene, seed: number): Uint8ClampedArray<ArrayBuffer> {
  const random = createRandom(seed * 7919 + 17);
  const between = (low: number, high: number) => low + (high - low) * random();
  const side = photographSide;
  const angle = (between(-scene.tilt, scene.tilt) * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const zoom = (side * between(0.5, 0.75)) / imageSide;
  const middle = { x: side * between(0.45, 0.55), y: side * between(0.45, 0.55) };
  const spacing = side * (scene.ruling === 'squares' ? between(0.08, 0.14) : between(0.14, 0.25));
  const phase = { x: between(0, spacing), y: between(0, spacing) };
  const lineWidth = between(2, 3.5);
  const lightFrom = between(0, 2 * Math.PI);
  const shadowFrom = between(0, 2 * Math.PI);
  const shadowEdge = between(-0.15, 0.15);
  const softness = between(0.02, 0.1);
  const brightness = between(0.75, 0.95);
  const paper = [1, between(0.97, 1), between(0.9, 0.98)];
  const [ink, ruling] = [inks[scene.ink], rulings[scene.rulingColor]];
  const values = new Float32Array(side * side * 3);
  for (let row = 0, pixel = 0; row < side; row++) {
    for (let column = 0; column < side; column++, pixel++) {
      const [awayX, awayY] = [column - middle.x, row - middle.y];
      const x = cosine * awayX + sine * awayY;
      const y = cosine * awayY - sine * awayX;
      const inked = inkAt(pixels, x / zoom + imageSide / 2, y / zoom + imageSide / 2);
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
          light * paper[channel] * (1 - ruled * (1 - ruling[channel])) * (1 - inked * (1 - ink[channel]));
      }
    }
  }
  const blurred = blurLines(blurLines(values, scene.blur, 1), scene.blur, side);
  const photo = new Uint8ClampedArray(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      // Nearly normal, and quick: the sum of three even spreads has a variance of a quarter.
      const unrest = (random() + random() + random() - 1.5) * 2 * scene.noise;
      photo[pixel * 4 + channel] = 255 * (blurred[pixel * 3 + channel] + unrest);
    }
    photo[pixel * 4 + 3] = 255;
  }
  return photo;
}
