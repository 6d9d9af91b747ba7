/**
 * Writes the arrays that Python trains on and measures with: every image is made by the product's own `src/imaging`.
 *
 * mnist-train (55,000) and mnist-validation (5,000) are MNIST's training part as published, mnist-test its test part;
 * NAME-normalized is the same as the product shows it to the network when it is handed the picture. strokes-train and
 * strokes-validation come from stroke files, split by writer. synthetic-train holds digits from templates.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import cliProgress from 'cli-progress';
import { normalizePixels } from '../../../src/imaging/normalize-pixels.js';
import { normalizeStrokes, PEN_WIDTH } from '../../../src/imaging/normalize-strokes.js';
import type { Path } from './geometry.js';
import { readMnist } from './mnist.js';
import { writeNpy } from './npy.js';
import { Random } from './random.js';
import { readStrokeFile, type StrokeRecord } from './stroke-file.js';
import { drawTemplate } from './templates.js';
import { varyStrokes, type Drawing } from './variation.js';

/** How much is made. */
export interface Amounts {
  /** Variants of each stroke record that is trained on. */
  readonly variantsPerRecord: number;
  /** Variants of each stroke record held out. */
  readonly variantsPerValidationRecord: number;
  /** Digits drawn from templates. */
  readonly synthetic: number;
}

export interface PrepareOptions {
  readonly folder: string;
  /** Stroke files to train and validate with. */
  readonly strokes: readonly string[];
  /** Stroke files to measure only: array sets named after the files. */
  readonly measure: readonly string[];
  readonly amounts: Amounts;
}

const SEED = 2026;
const VALIDATION_IMAGES = 5000;
const WRITERS_PER_VALIDATION_WRITER = 6;

/** Collects images and labels, then writes them as one array set. */
class ArraySet {
  private readonly pixels: Uint8Array;
  private readonly labels: number[] = [];

  constructor(
    private readonly name: string,
    count: number,
  ) {
    this.pixels = new Uint8Array(784 * count);
  }

  add(pixels: Float32Array, digit: number): void {
    const start = 784 * this.labels.length;
    for (let index = 0; index < 784; index++) this.pixels[start + index] = Math.round(255 * pixels[index]);
    this.labels.push(digit);
  }

  write(folder: string): void {
    const count = this.labels.length;
    writeNpy(join(folder, `${this.name}.images.npy`), this.pixels.subarray(0, 784 * count), [count, 28, 28]);
    writeNpy(join(folder, `${this.name}.labels.npy`), Uint8Array.from(this.labels), [count]);
  }
}

/** MNIST's grey values as the picture a page would hand over: white ink on black. */
function toPixels(image: Uint8Array): { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number } {
  const data = new Uint8ClampedArray(4 * image.length);
  image.forEach((value, index) => data.set([value, value, value, 255], 4 * index));
  return { data, width: 28, height: 28 };
}

const normalize = ({ strokes, pen }: Drawing): Float32Array =>
  normalizeStrokes(
    strokes.map((points) => ({ points })),
    { penWidth: PEN_WIDTH * pen },
  ).pixels;

/** Every sixth writer, in the order of their names, is held out of training. */
export function splitByWriter(records: readonly StrokeRecord[]): { train: StrokeRecord[]; validation: StrokeRecord[] } {
  const writers = [...new Set(records.map(({ writer }) => writer))].sort();
  const heldOut = new Set(writers.filter((_, index) => index % WRITERS_PER_VALIDATION_WRITER === 3));
  return {
    train: records.filter(({ writer }) => !heldOut.has(writer)),
    validation: records.filter(({ writer }) => heldOut.has(writer)),
  };
}

const asPublished = (image: Uint8Array): Float32Array => Float32Array.from(image, (value) => value / 255);

function prepareMnist(folder: string, progress: () => void): void {
  const training = readMnist('train');
  const heldOut = training.labels.length - VALIDATION_IMAGES;
  const parts = [
    ['mnist-train', training, 0, heldOut],
    ['mnist-validation', training, heldOut, training.labels.length],
    ['mnist-test', readMnist('t10k'), 0, 10_000],
  ] as const;
  for (const [name, { images, labels }, from, to] of parts) {
    const published = new ArraySet(name, to - from);
    const normalized = new ArraySet(`${name}-normalized`, to - from);
    for (let index = from; index < to; index++) {
      published.add(asPublished(images[index]), labels[index]);
      normalized.add(normalizePixels(toPixels(images[index])).pixels, labels[index]);
      progress();
    }
    published.write(folder);
    normalized.write(folder);
  }
}

/** Records as drawn, followed by `variants` of each. */
function prepareStrokes(
  name: string,
  records: readonly StrokeRecord[],
  variants: number,
  folder: string,
  progress: () => void,
): void {
  const random = new Random(SEED);
  const set = new ArraySet(name, records.length * (1 + variants));
  const draw = (strokes: readonly Path[]): Drawing => ({ strokes, pen: 1 });
  for (const { strokes, digit } of records) set.add(normalize(draw(strokes)), digit);
  for (const { strokes, digit } of records) {
    for (let variant = 0; variant < variants; variant++) {
      set.add(normalize(varyStrokes(strokes, random)), digit);
      progress();
    }
  }
  set.write(folder);
}

function prepareSynthetic(count: number, folder: string, progress: () => void): void {
  const random = new Random(SEED + 1);
  const set = new ArraySet('synthetic-train', count);
  for (let index = 0; index < count; index++) {
    set.add(normalize(varyStrokes(drawTemplate(index % 10, random), random)), index % 10);
    progress();
  }
  set.write(folder);
}

/** Name of the array set that a measured stroke file becomes. */
export const measuredName = (path: string): string => path.replace(/^.*[\\/]/, '').replace(/\.jsonl(\.gz)?$/, '');

/** Makes all array sets, unless the same ones are there already. Returns the names of those to measure with. */
export function prepare({ folder, strokes, measure, amounts }: PrepareOptions): string[] {
  const measured = measure.map(measuredName);
  const stamp = JSON.stringify({ strokes, measure, amounts, seed: SEED });
  const stampFile = join(folder, 'prepared.json');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return measured;
  // Read first: a file that is missing or broken must not cost the arrays that are there.
  const { train, validation } = splitByWriter(strokes.flatMap(readStrokeFile));
  const toMeasure = measure.map(readStrokeFile);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const bar = new cliProgress.SingleBar({ format: 'preparing [{bar}] {value}/{total} | {eta_formatted} left' });
  const { variantsPerRecord, variantsPerValidationRecord, synthetic } = amounts;
  bar.start(70_000 + synthetic + train.length * variantsPerRecord + validation.length * variantsPerValidationRecord, 0);
  const progress = (): void => bar.increment();
  prepareMnist(folder, progress);
  prepareSynthetic(synthetic, folder, progress);
  if (train.length > 0) {
    prepareStrokes('strokes-train', train, variantsPerRecord, folder, progress);
    prepareStrokes('strokes-validation', validation, 0, folder, progress);
    prepareStrokes('strokes-validation-varied', validation, variantsPerValidationRecord, folder, progress);
  }
  toMeasure.forEach((records, index) => prepareStrokes(measured[index], records, 0, folder, progress));
  bar.stop();
  writeFileSync(stampFile, stamp);
  return measured;
}
