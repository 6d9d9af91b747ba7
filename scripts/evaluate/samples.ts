/** Reads samples from files: pictures or drawings, with their labels. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extent } from 'd3-array';

/** A stroke; y down, in any unit. */
export type Line = readonly (readonly [x: number, y: number])[];

/** Strokes in coordinates of a pad or canvas; y down. */
export type Placed = { x: number; y: number }[][];

export interface Drawing {
  readonly strokes: readonly Line[];
}

/** A drawn digit or number. */
export interface DrawingSample extends Drawing {
  readonly label: string;
  readonly writer?: string;
}

/** A grayscale picture. */
export interface ImageSample {
  readonly label: string;
  /** Row-major, a byte per pixel. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A picture file. */
export interface PictureSample {
  readonly label: string;
  readonly kind: 'digit' | 'number';
  readonly path: string;
}

/** The name of a data set, from its file's. */
export const nameOf = (path: string) => basename(path).replace(/\.jsonl?(\.gz)?$/, '');

/** Takes at most `limit` samples, evenly spread, since data sets are often sorted by digit or writer. */
export function spreadSamples<Sample>(samples: readonly Sample[], limit: number): Sample[] {
  const count = Math.min(limit, samples.length);
  return Array.from({ length: count }, (_, index) => samples[Math.floor((index * samples.length) / count)]);
}

const isPoint = (point: unknown) =>
  Array.isArray(point) && point.length >= 2 && point.slice(0, 2).every(Number.isFinite);

const areStrokes = (strokes: unknown): strokes is Line[] =>
  Array.isArray(strokes) &&
  strokes.length > 0 &&
  strokes.every((stroke) => Array.isArray(stroke) && stroke.length > 0 && stroke.every(isPoint));

function parseLines<Sample>(
  text: string,
  kind: string,
  convert: (record: Record<string, unknown>) => Sample,
): Sample[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [convert((JSON.parse(line) ?? {}) as Record<string, unknown>)];
    } catch (cause) {
      throw new Error(`Line ${index + 1} is not a ${kind}: ${(cause as Error).message}.`, { cause });
    }
  });
}

function toLabel(label: unknown, pattern: RegExp, wanted: string): string {
  if (!pattern.test(String(label))) throw new Error(`its label is ${JSON.stringify(label)} where ${wanted} is needed`);
  return String(label);
}

function toDrawing({ strokes }: Record<string, unknown>): Drawing {
  if (!areStrokes(strokes)) throw new Error('its strokes are not a list of lists of [x, y]');
  return { strokes };
}

const labeled = (pattern: RegExp, wanted: string) => (record: Record<string, unknown>) => ({
  label: toLabel(record.label, pattern, wanted),
  ...(typeof record.writer === 'string' && { writer: record.writer }),
  ...toDrawing(record),
});

/**
 * Reads `{"label":"7","strokes":[[[x,y],…],…]}` per line; other members are ignored, and so are empty lines.
 * @throws {Error} that names the line
 */
export const parseStrokes = (text: string): DrawingSample[] =>
  parseLines(text, 'labeled drawing', labeled(/^\d$/, 'a digit'));

/** Like {@link parseStrokes}, for numbers of one digit or more. */
export const parseNumbers = (text: string): DrawingSample[] =>
  parseLines(text, 'labeled drawing', labeled(/^\d+$/, 'a number'));

/** Like {@link parseStrokes}, for non-digits with any label. */
export const parseNondigits = (text: string): Drawing[] => parseLines(text, 'drawing', toDrawing);

/**
 * Reads `{"file":"digits/7.png","kind":"digit","label":"7"}` per line.
 * @param folder that paths are relative to
 * @throws {Error} that names the line
 */
export const parsePictures = (text: string, folder: string): PictureSample[] =>
  parseLines(text, 'labeled picture', ({ file, kind, label }) => {
    if (typeof file !== 'string') throw new Error('it names no file');
    if (kind !== 'digit' && kind !== 'number') throw new Error(`its kind is ${JSON.stringify(kind)}`);
    const digits = kind === 'digit' ? toLabel(label, /^\d$/, 'a digit') : toLabel(label, /^\d+$/, 'a number');
    return { path: join(folder, file), kind, label: digits };
  });

/**
 * @param path of a text file, gzip'd when it ends in .gz
 * @returns at least one
 * @throws {Error} that names the file
 */
export async function loadSamples<Sample>(
  path: string,
  parse: (text: string, folder: string) => Sample[] | Promise<Sample[]>,
): Promise<Sample[]> {
  try {
    const bytes = await readFile(path);
    const samples = await parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), dirname(path));
    if (samples.length === 0) throw new Error('It has no samples.');
    return samples;
  } catch (cause) {
    throw new Error(`Cannot read ${path}. ${(cause as Error).message}`, { cause });
  }
}

/**
 * Reads grayscale pictures of one size: `{"h":16,"w":16,"labels":[0,…]}` beside a file of the same name that ends in `.u8`,
 * which has a byte per pixel, picture after picture.
 * @param path of the JSON file
 * @throws {Error} that names the file
 */
export const loadRaw = (path: string): Promise<ImageSample[]> =>
  loadSamples(path, async (text) => {
    const { w: width, h: height, labels } = JSON.parse(text) as { w: number; h: number; labels: number[] };
    const bytes = await readFile(path.replace(/\.json$/, '.u8'));
    const size = width * height;
    if (bytes.length !== labels.length * size) {
      throw new Error(`There are ${bytes.length} bytes for ${labels.length} pictures of ${width}x${height}.`);
    }
    return labels.map((label, index) => ({
      label: toLabel(label, /^\d$/, 'a digit'),
      pixels: bytes.subarray(index * size, (index + 1) * size),
      width,
      height,
    }));
  });

export function boundsOf(strokes: readonly Line[]) {
  const points = strokes.flat();
  const [left = 0, right = 0] = extent(points, ([x]) => x);
  const [top = 0, bottom = 0] = extent(points, ([, y]) => y);
  return { left, top, right, bottom };
}

/**
 * Centers a drawing on a square pad, and scales its longer side to a share of the pad's.
 * @param side of the pad
 * @param share 0..1
 * @returns in units of the pad
 */
export function fitDrawing(strokes: readonly Line[], side: number, share: number): Placed {
  const { left, top, right, bottom } = boundsOf(strokes);
  const extent = Math.max(right - left, bottom - top);
  const scale = extent > 0 ? (side * share) / extent : 1;
  return strokes.map((stroke) =>
    stroke.map(([x, y]) => ({
      x: side / 2 + (x - (left + right) / 2) * scale,
      y: side / 2 + (y - (top + bottom) / 2) * scale,
    })),
  );
}
