/** Reads samples from files: pictures or drawings, with their labels. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseLines, readTextFile, toStrokes } from '../../models/training/data/drawing-lines.js';
import type { Strokes } from './strokes.js';

export interface Drawing {
  readonly strokes: Strokes;
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

/** What a label says. */
const patterns = { digit: /^\d$/, number: /^\d+$/ };

/** A picture file. */
export interface PictureSample {
  readonly label: string;
  readonly kind: keyof typeof patterns;
  readonly path: string;
}

/** The name of a data set, from its file's. */
export const nameOf = (path: string) => basename(path).replace(/\.jsonl?(\.gz)?$/, '');

/** Takes at most `limit` samples, evenly spread, since data sets are often sorted by digit or writer. */
export function spreadSamples<Sample>(samples: readonly Sample[], limit: number): Sample[] {
  const count = Math.min(limit, samples.length);
  return Array.from({ length: count }, (_, index) => samples[Math.floor((index * samples.length) / count)]);
}

function toLabel(label: unknown, kind: keyof typeof patterns): string {
  if (patterns[kind].test(String(label))) return String(label);
  throw new Error(`its label is ${JSON.stringify(label)} where a ${kind} is needed`);
}

const toDrawing = (record: Record<string, unknown>): Drawing => ({ strokes: toStrokes(record) });

const toSample = (record: Record<string, unknown>, kind: keyof typeof patterns): DrawingSample => ({
  label: toLabel(record.label, kind),
  ...(typeof record.writer === 'string' && { writer: record.writer }),
  ...toDrawing(record),
});

/**
 * Reads `{"label":"7","strokes":[[[x,y],…],…]}` per line; other members are ignored, and so are empty lines.
 * @throws {Error} that names the line
 */
export const parseStrokes = (text: string): DrawingSample[] =>
  parseLines(text, 'labeled drawing', (record) => toSample(record, 'digit'));

/** Like {@link parseStrokes}, for numbers of one digit or more. */
export const parseNumbers = (text: string): DrawingSample[] =>
  parseLines(text, 'labeled drawing', (record) => toSample(record, 'number'));

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
    return { path: join(folder, file), kind, label: toLabel(label, kind) };
  });

/**
 * @param path of a text file, gzip'd when it ends in .gz
 * @returns at least one
 * @throws {Error} that names the file
 */
export const loadSamples = <Sample>(path: string, parse: (text: string, folder: string) => Sample[]): Sample[] =>
  readTextFile(path, (text) => {
    const samples = parse(text, dirname(path));
    if (samples.length === 0) throw new Error('It has no samples.');
    return samples;
  });

/**
 * Reads grayscale pictures of one size: `{"h":16,"w":16,"labels":[0,…]}` beside a file of the same name that ends in `.u8`,
 * which has a byte per pixel, picture after picture.
 * @param path of the JSON file
 * @throws {Error} that names the file
 */
export const loadRaw = (path: string): ImageSample[] =>
  loadSamples(path, (text) => {
    const { w: width, h: height, labels } = JSON.parse(text) as { w: number; h: number; labels: number[] };
    const bytes = readFileSync(path.replace(/\.json$/, '.u8'));
    const size = width * height;
    if (bytes.length !== labels.length * size) {
      throw new Error(`There are ${bytes.length} bytes for ${labels.length} pictures of ${width}x${height}.`);
    }
    return labels.map((label, index) => ({
      label: toLabel(label, 'digit'),
      pixels: bytes.subarray(index * size, (index + 1) * size),
      width,
      height,
    }));
  });
