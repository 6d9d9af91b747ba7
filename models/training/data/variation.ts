/**
 * Creates other writers' digits from one: the same strokes, drawn by another hand with another pen on another device.
 * Everything is applied to the strokes, before the product's own rasterization and normalization.
 */
import { distance, length, mix, resample, slice, toUnitBox, type Path, type Point } from './geometry.js';
import type { Random } from './random.js';

/** Width of a pen, and how soft its edge is, relative to the product's own pen. */
export interface Pen {
  readonly width: number;
  readonly softness: number;
}

/** The product's own pen. */
export const OWN_PEN: Pen = { width: 1, softness: 1 };

/** Strokes and the pen to draw them with. */
export interface Drawing {
  readonly strokes: readonly Path[];
  readonly pen: Pen;
}

/**
 * Returns a pen like those of people and programs. The edges of strokes in pictures are sharper than those that the
 * product draws: without such non-digits, networks learn that sharp edges make a digit, as in MNIST.
 */
function pickPen(random: Random): Pen {
  return {
    width: random.chance(0.25) ? 1 : Math.exp(random.between(Math.log(0.6), Math.log(1.6))),
    softness: random.chance(0.4) ? 1 : random.between(0.4, 1.2),
  };
}

/** Applies another hand's rotation, slant and proportions. */
function affine(paths: readonly Path[], random: Random): Path[] {
  const angle = (random.normal(7) * Math.PI) / 180;
  const slant = random.normal(0.16);
  const aspect = Math.exp(random.normal(0.15));
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return paths.map((path) =>
    path.map(({ x, y }) => {
      const wide = (x - slant * y) * aspect;
      return { x: wide * cosine - y * sine, y: wide * sine + y * cosine };
    }),
  );
}

/** Returns a smooth displacement of the plane: three waves of random direction, length and phase per axis. */
function elastic(paths: readonly Path[], random: Random): Path[] {
  const amplitude = random.between(0, 0.035);
  const waves = Array.from({ length: 6 }, () => {
    const direction = random.between(0, 2 * Math.PI);
    const frequency = random.between(2, 8);
    return {
      x: frequency * Math.cos(direction),
      y: frequency * Math.sin(direction),
      phase: random.between(0, 2 * Math.PI),
      amplitude: amplitude * random.between(0.3, 1),
    };
  });
  const at = (point: Point, some: typeof waves): number =>
    some.reduce((sum, wave) => sum + wave.amplitude * Math.sin(wave.x * point.x + wave.y * point.y + wave.phase), 0);
  const [horizontal, vertical] = [waves.slice(0, 3), waves.slice(3)];
  return paths.map((path) =>
    path.map((point) => ({ x: point.x + at(point, horizontal), y: point.y + at(point, vertical) })),
  );
}

/** Adds a hand's tremor: noise that is smooth along the stroke, and a little that is not. */
function jitter(path: Path, random: Random): Path {
  const smooth = random.chance(0.5) ? random.between(0, 0.014) : 0;
  const rough = random.chance(0.3) ? random.between(0, 0.006) : 0;
  let drift = { x: 0, y: 0 };
  return path.map(({ x, y }) => {
    drift = { x: 0.8 * drift.x + random.normal(0.6), y: 0.8 * drift.y + random.normal(0.6) };
    return {
      x: x + smooth * drift.x + random.normal(rough || 1e-9),
      y: y + smooth * drift.y + random.normal(rough || 1e-9),
    };
  });
}

/** Makes strokes overshoot, begin late or stop early. */
function ends(path: Path, random: Random): Path {
  const total = length(path);
  if (path.length < 2 || total < 0.15) return path;
  let from = 0;
  let to = total;
  if (random.chance(0.12)) from = random.between(0, 0.07);
  if (random.chance(0.15)) to -= random.between(0, 0.07);
  const kept = slice(path, from, to);
  if (kept.length < 2) return path;
  const beyond = (inner: Point, end: Point): Point[] => {
    const step = distance(inner, end);
    return step > 0 && random.chance(0.12) ? [mix(inner, end, 1 + random.between(0.01, 0.08) / step)] : [];
  };
  return [...beyond(kept[1], kept[0]), ...kept, ...beyond(kept[kept.length - 2], kept[kept.length - 1])];
}

/** Interrupts the ink for a moment. */
function gap(path: Path, random: Random): Path[] {
  const total = length(path);
  if (total < 0.5 || !random.chance(0.06)) return [path];
  const start = random.between(0.15, 0.85) * total;
  const missing = random.between(0.01, 0.05);
  return [slice(path, 0, start), slice(path, start + missing, total)];
}

/** Resamples points like pointer events: densely, sparsely, or in whole pixels of a small pad. */
function sample(path: Path, random: Random): Path {
  const kind = random.next();
  if (kind < 0.4) return path;
  if (kind < 0.75) return resample(path, random.between(0.01, 0.09));
  const pixel = 1 / random.between(24, 200);
  return path.map(({ x, y }) => ({ x: Math.round(x / pixel) * pixel, y: Math.round(y / pixel) * pixel }));
}

/** Moves strokes apart that should meet. */
function scatter(paths: readonly Path[], random: Random): Path[] {
  if (paths.length < 2 || !random.chance(0.4)) return [...paths];
  return paths.map((path) => {
    const [right, down] = [random.normal(0.025), random.normal(0.025)];
    return path.map(({ x, y }) => ({ x: x + right, y: y + down }));
  });
}

/** Returns one variant of a digit's strokes, of any size and position. */
export function varyStrokes(strokes: readonly Path[], random: Random): Drawing {
  // Sparse points are resampled first, so that lines can bend.
  const dense = toUnitBox(strokes).map((path) => (path.length > 1 ? resample(path, 0.025) : path));
  const varied = affine(elastic(scatter(dense, random), random), random)
    .map((path) => jitter(path, random))
    .map((path) => ends(path, random))
    .flatMap((path) => gap(path, random))
    .map((path) => sample(path, random));
  return { strokes: varied, pen: pickPen(random) };
}
