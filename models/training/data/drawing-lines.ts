/** Reads drawings from text files with a JSON record per line, for training and for evaluation. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Path } from './geometry.js';

type Json = Record<string, unknown>;

/**
 * @param path of a text file, gzip'd when it ends in .gz
 * @returns what `parse` makes of the text
 * @throws {Error} naming the file when it cannot be read or parsed
 */
export function readTextFile<Value>(path: string, parse: (text: string) => Value): Value {
  try {
    const bytes = readFileSync(path);
    return parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  } catch (cause) {
    throw new Error(`Cannot read ${path}. ${(cause as Error).message}`, { cause });
  }
}

/**
 * Converts the records of all lines but empty ones.
 * @param kind of a record, as in "Line 7 is not a drawn digit"
 * @throws {Error} naming the line
 */
export function parseLines<Value>(text: string, kind: string, convert: (record: Json) => Value): Value[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [convert((JSON.parse(line) ?? {}) as Json)];
    } catch (cause) {
      throw new Error(`Line ${index + 1} is not a ${kind}: ${(cause as Error).message}.`, { cause });
    }
  });
}

const isListOf = <Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] =>
  Array.isArray(value) && value.length > 0 && value.every(isItem);

const isPoint = (point: unknown): point is [x: number, y: number] =>
  Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1]);

const isStroke = (stroke: unknown) => isListOf(stroke, isPoint);

/**
 * Returns a record's strokes, `[[[x,y],…],…]`: at least one, of at least one point.
 * @throws {Error} where they are anything else
 */
export function toStrokes({ strokes }: Json): Path[] {
  if (!isListOf(strokes, isStroke)) throw new Error('its strokes are not a list of lists of [x, y]');
  return strokes.map((stroke) => stroke.map(([x, y]) => ({ x, y })));
}
