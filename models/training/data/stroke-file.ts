import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Path } from './geometry.js';

/** One drawing of a stroke file. */
interface Labelled {
  readonly label: string;
  readonly writer: string;
  readonly strokes: readonly Path[];
}

/** One drawn digit of a stroke file. */
export interface StrokeRecord {
  readonly digit: number;
  readonly writer: string;
  readonly strokes: readonly Path[];
}

/** One drawing of something else, and what it is: `Alphabet/character`. */
export type CharacterRecord = Labelled;

function readLines<Value>(path: string, what: string, read: (record: Labelled) => Value): Value[] {
  const data = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(data) : data).toString('utf8');
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      try {
        const { label, writer, strokes } = JSON.parse(line) as { label: string; writer: string; strokes: number[][][] };
        return read({ label, writer, strokes: strokes.map((stroke) => stroke.map(([x, y]) => ({ x, y }))) });
      } catch (cause) {
        throw new Error(`${path}, line ${number} is no ${what}: ${(cause as Error).message}.`, { cause });
      }
    });
}

/**
 * Reads JSON lines `{"label","writer","strokes":[[[x,y],…],…]}`, plain or gzip'd.
 * @throws {Error} naming file and line where a line is not such a record
 */
export const readStrokeFile = (path: string): StrokeRecord[] =>
  readLines(path, 'drawn digit', ({ label, writer, strokes }) => {
    if (!/^[0-9]$/.test(label)) throw new Error(`the label is "${label}", not a digit`);
    return { digit: Number(label), writer, strokes };
  });

/**
 * Reads drawings of what is no digit, in the same format, labelled `Alphabet/character`.
 * @throws {Error} naming file and line where a line is not such a record
 */
export const readCharacterFile = (path: string): CharacterRecord[] =>
  readLines(path, 'drawn character', (record) => {
    if (!record.label.includes('/')) throw new Error(`the label is "${record.label}", not "Alphabet/character"`);
    return record;
  });
