import { parseLines, readTextFile, toStrokes } from './drawing-lines.js';
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

/** Pattern of a donor's name; `split` may contain other values. */
const DONOR = /^d\d+$/;

function toLabeled(record: Record<string, unknown>): Labeled {
  const { label, writer, split } = record;
  const donor = typeof split === 'string' && DONOR.test(split) ? split : null;
  // Validation would be meaningless: no writer's drawings could be held out.
  if (typeof writer !== 'string' || writer === '') throw new Error('it names no writer');
  return { label: String(label), writer, donor, strokes: toStrokes(record) };
}

function toStrokeRecord({ label, writer, donor, strokes }: Labeled): StrokeRecord {
  if (!/^[0-9]$/.test(label)) throw new Error(`the label is "${label}", not a digit`);
  return { digit: Number(label), writer, donor, strokes };
}

/** UCI numbers the writers of its two files from 1 each: the file's extension distinguishes them, as in `tra-12`. */
function parseUnipenDigits(path: string, text: string): StrokeRecord[] {
  try {
    const ending = /\.([^.]*?)(\.gz)?$/.exec(path)?.[1] ?? '';
    return parseUnipen(text).map((digit) =>
      toStrokeRecord({ ...digit, writer: `${ending}-${digit.writer}`, donor: null }),
    );
  } catch (cause) {
    throw new Error(`It is not a UNIPEN file of digits: ${(cause as Error).message}.`, { cause });
  }
}

/**
 * Reads JSON lines `{"label","writer","split","strokes":[[[x,y],…],…]}`, where `split` may name a donor (`d01`), or
 * UCI's UNIPEN text, plain or gzipped.
 *
 * @throws {Error} naming file and line if a line is not such a record
 */
export const readStrokeFile = (path: string): StrokeRecord[] =>
  readTextFile(path, (text) =>
    isUnipen(text)
      ? parseUnipenDigits(path, text)
      : parseLines(text, 'drawn digit', (record) => toStrokeRecord(toLabeled(record))),
  );

/**
 * Reads drawings of non-digits, as JSON lines, labeled `Alphabet/character`.
 *
 * @throws {Error} naming file and line if a line is not such a record
 */
export const readCharacterFile = (path: string): CharacterRecord[] =>
  readTextFile(path, (text) =>
    parseLines(text, 'drawn character', (record) => {
      const character = toLabeled(record);
      if (!character.label.includes('/')) {
        throw new Error(`the label is "${character.label}", not "Alphabet/character"`);
      }
      return character;
    }),
  );
