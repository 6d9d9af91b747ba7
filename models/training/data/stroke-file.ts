import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Path } from './geometry.js';

/** One drawn digit of a stroke file. */
export interface StrokeRecord {
  readonly digit: number;
  readonly writer: string;
  readonly strokes: readonly Path[];
}

/**
 * Reads JSON lines `{"label","writer","strokes":[[[x,y],…],…]}`, plain or gzip'd.
 * @throws {Error} naming file and line where a line is not such a record
 */
export function readStrokeFile(path: string): StrokeRecord[] {
  const data = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(data) : data).toString('utf8');
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      try {
        const { label, writer, strokes } = JSON.parse(line) as { label: string; writer: string; strokes: number[][][] };
        const digit = Number(label);
        if (!/^[0-9]$/.test(label)) throw new Error(`the label is "${label}", not a digit`);
        return { digit, writer, strokes: strokes.map((stroke) => stroke.map(([x, y]) => ({ x, y }))) };
      } catch (cause) {
        throw new Error(`${path}, line ${number} is no drawn digit: ${(cause as Error).message}.`, { cause });
      }
    });
}
