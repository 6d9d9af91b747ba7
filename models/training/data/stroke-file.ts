import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Path } from './geometry.js';
import type { Origin } from './splits.js';
import { isUnipen, parseUnipen } from './unipen.js';

/** One drawing of a stroke file. */
interface Labeled extends Origin {
  readonly label: string;
  readonly strokes: readonly Path[];
}

/** One drawn digit of a stroke file. */
export interface StrokeRecord extends Origin {
  readonly digit: number;
  readonly strokes: readonly Path[];
}

/** A drawing of a non-digit, and its label: `Alphabet/character`. */
export type CharacterRecord = Labeled;

interface JsonRecord {
  label: string;
  writer: string;
  split?: string;
  strokes: number[][][];
}

/** Pattern of a donor's name; `split` may contain other values. */
const DONOR = /^d\d+$/;

function readText(path: string): string {
  const data = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(data) : data).toString('utf8');
}

function parseLines<Value>(path: string, text: string, what: string, read: (record: Labeled) => Value): Value[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      try {
        const { label, writer, split, strokes } = JSON.parse(line) as JsonRecord;
        const donor = split !== undefined && DONOR.test(split) ? split : null;
        return read({ label, writer, donor, strokes: strokes.map((stroke) => stroke.map(([x, y]) => ({ x, y }))) });
      } catch (cause) {
        throw new Error(`${path}, line ${number} is no ${what}: ${(cause as Error).message}.`, { cause });
      }
    });
}

function toStrokeRecord({ label, writer, donor, strokes }: Labeled): StrokeRecord {
  if (!/^[0-9]$/.test(label)) throw new Error(`the label is "${label}", not a digit`);
  // Validation would be meaningless: no writer's digits could be held out.
  if (typeof writer !== 'string' || writer === '') throw new Error('it names no writer');
  return { digit: Number(label), writer, donor, strokes };
}

/** UCI numbers the writers of its two files from 1 each: the file's extension distinguishes them, as in `tra-12`. */
function readUnipen(path: string, text: string): StrokeRecord[] {
  try {
    const ending = /\.([^.]*?)(\.gz)?$/.exec(path)?.[1] ?? '';
    return parseUnipen(text).map((digit) =>
      toStrokeRecord({ ...digit, writer: `${ending}-${digit.writer}`, donor: null }),
    );
  } catch (cause) {
    throw new Error(`${path} is not a UNIPEN file of digits: ${(cause as Error).message}.`, { cause });
  }
}

/**
 * Reads JSON lines `{"label","writer","split","strokes":[[[x,y],…],…]}`, where `split` may name a donor (`d01`), or
 * UCI's UNIPEN text, plain or gzipped.
 *
 * @throws {Error} naming file and line if a line is not such a record
 */
export function readStrokeFile(path: string): StrokeRecord[] {
  const text = readText(path);
  return isUnipen(text) ? readUnipen(path, text) : parseLines(path, text, 'drawn digit', toStrokeRecord);
}

/**
 * Reads drawings of non-digits, as JSON lines, labeled `Alphabet/character`.
 *
 * @throws {Error} naming file and line if a line is not such a record
 */
export const readCharacterFile = (path: string): CharacterRecord[] =>
  parseLines(path, readText(path), 'drawn character', (record) => {
    if (!record.label.includes('/')) throw new Error(`the label is "${record.label}", not "Alphabet/character"`);
    return record;
  });
