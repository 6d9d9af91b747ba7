/**
 * Writes the arrays that Python trains on and measures with: every image is made by the product's own `src/imaging`.
 *
 * mnist-train (55,000) and mnist-validation (5,000) are MNIST's training part as published, mnist-test its test part;
 * NAME-normalized is the same as the product shows it to the network when it is handed the picture. strokes-train and
 * strokes-validation come from stroke files, split by writer. synthetic-train holds digits from templates.
 * nondigits-train and nondigits-validation hold what is no digit: characters, split by alphabet, and synthetic drawings;
 * their labels are not digits but groups, one for each character (NotDigitGroup for the others).
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import cliProgress from 'cli-progress';
import { normalizePixels } from '../../../src/imaging/normalize-pixels.js';
import { normalizeStrokes, PEN_WIDTH } from '../../../src/imaging/normalize-strokes.js';
import type { Path } from './geometry.js';
import { readMnist } from './mnist.js';
import { drawNotDigit } from './not-digits.js';
import { writeNpy } from './npy.js';
import { Random } from './random.js';
import { readCharacterFile, readStrokeFile, type CharacterRecord, type StrokeRecord } from './stroke-file.js';
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
  /** Variants of each character that is trained on. */
  readonly variantsPerCharacter: number;
  /** Scribbles, shapes and the like; a tenth as many more to validate with. */
  readonly notDigits: number;
}

export interface PrepareOptions {
  readonly folder: string;
  /** Stroke files to train and validate with. */
  readonly strokes: readonly string[];
  /** Stroke files to measure only: array sets named after the files. */
  readonly measure: readonly string[];
  /** Files of characters that are no digits, to train and validate with. */
  readonly nondigits: readonly string[];
  readonly amounts: Amounts;
}

const SEED = 2026;
const VALIDATION_IMAGES = 5000;
const WRITERS_PER_VALIDATION_WRITER = 6;
const ALPHABETS_PER_VALIDATION_ALPHABET = 4;

/** Groups of drawings that are no characters; those below are characters. */
const NotDigitGroup = { piece: 254, other: 255 } as const;

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

/**
 * Characters as drawn, their variants where they are trained on, and synthetic drawings. Every fourth alphabet, in the
 * order of their names, is held out.
 */
export function prepareNotDigits(
  characters: readonly CharacterRecord[],
  amounts: Pick<Amounts, 'variantsPerCharacter' | 'notDigits'>,
  folder: string,
  progress: () => void,
): void {
  const random = new Random(SEED + 2);
  const names = [...new Set(characters.map(({ label }) => label))].sort();
  const group = new Map(names.map((name, index) => [name, index % NotDigitGroup.piece]));
  const alphabetOf = (label: string): string => label.slice(0, label.indexOf('/'));
  const alphabets = [...new Set(names.map(alphabetOf))];
  const heldOut = new Set(alphabets.filter((_, index) => index % ALPHABETS_PER_VALIDATION_ALPHABET === 3));
  for (const part of ['train', 'validation'] as const) {
    const chosen = characters.filter(({ label }) => heldOut.has(alphabetOf(label)) === (part === 'validation'));
    const variants = part === 'train' ? amounts.variantsPerCharacter : 0;
    const drawn = part === 'train' ? amounts.notDigits : Math.round(amounts.notDigits / 10);
    const set = new ArraySet(`nondigits-${part}`, chosen.length * (1 + variants) + drawn);
    for (const { label, strokes } of chosen) {
      set.add(normalize({ strokes, pen: 1 }), group.get(label)!);
      for (let variant = 0; variant < variants; variant++) {
        set.add(normalize(varyStrokes(strokes, random)), group.get(label)!);
      }
      progress();
    }
    for (let count = 0; count < drawn; count++) {
      const { strokes, isPiece } = drawNotDigit(random);
      set.add(normalize(varyStrokes(strokes, random)), isPiece ? NotDigitGroup.piece : NotDigitGroup.other);
      progress();
    }
    set.write(folder);
  }
}

/** Name of the array set that a measured stroke file becomes. */
export const measuredName = (path: string): string => path.replace(/^.*[\\/]/, '').replace(/\.jsonl(\.gz)?$/, '');

/** Makes all array sets, unless the same ones are there already. Returns the names of those to measure with. */
export function prepare({ folder, strokes, measure, nondigits, amounts }: PrepareOptions): string[] {
  const measured = measure.map(measuredName);
  const stamp = JSON.stringify({ strokes, measure, nondigits, amounts, seed: SEED });
  const stampFile = join(folder, 'prepared.json');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return measured;
  // Read first: a file that is missing or broken must not cost the arrays that are there.
  const { train, validation } = splitByWriter(strokes.flatMap(readStrokeFile));
  const toMeasure = measure.map(readStrokeFile);
  const characters = nondigits.flatMap(readCharacterFile);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const bar = new cliProgress.SingleBar({ format: 'preparing [{bar}] {value}/{total} | {eta_formatted} left' });
  const { variantsPerRecord, variantsPerValidationRecord, synthetic } = amounts;
  const variants = train.length * variantsPerRecord + validation.length * variantsPerValidationRecord;
  const notDigits = characters.length > 0 ? characters.length + Math.round(amounts.notDigits * 1.1) : 0;
  bar.start(70_000 + synthetic + variants + notDigits, 0);
  const progress = (): void => bar.increment();
  prepareMnist(folder, progress);
  prepareSynthetic(synthetic, folder, progress);
  if (train.length > 0) {
    prepareStrokes('strokes-train', train, variantsPerRecord, folder, progress);
    prepareStrokes('strokes-validation', validation, 0, folder, progress);
    prepareStrokes('strokes-validation-varied', validation, variantsPerValidationRecord, folder, progress);
  }
  if (characters.length > 0) prepareNotDigits(characters, amounts, folder, progress);
  toMeasure.forEach((records, index) => prepareStrokes(measured[index], records, 0, folder, progress));
  bar.stop();
  writeFileSync(stampFile, stamp);
  return measured;
}
