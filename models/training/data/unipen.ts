/**
 * Reads drawn digits from UCI's "Pen-Based Recognition of Handwritten Digits" as published: `pendigits-orig.tra`, text in
 * the UNIPEN format (Guyon et al., "UNIPEN project of on-line data exchange and recognizer benchmarks", ICPR 1994).
 *
 *     .SEGMENT DIGIT 0-1 ? "7"     the strokes of a digit, counted over the whole file, and the digit
 *     .COMMENT 7 12 224            the digit again, its writer, its number among the writer's digits
 *     .PEN_DOWN
 *      267 333                     x and y, y up, 0 to 500, one point every 100 ms
 *     .PEN_UP
 *     .DT 100                      milliseconds until the next stroke
 */
import type { Path, Point } from './geometry.js';

/** Side of the box that each digit was written in; y counts from its bottom. */
const BOX = 500;

/** One digit of a UNIPEN file. */
export interface UnipenDigit {
  readonly label: string;
  /** The writer's number in the file. */
  readonly writer: string;
  readonly strokes: readonly Path[];
}

interface OpenDigit {
  readonly line: number;
  readonly label: string;
  readonly strokeCount: number | null;
  writer: string | null;
  readonly strokes: Point[][];
}

function openDigit(rest: string, line: number): OpenDigit {
  const match = /^DIGIT\s+(?:(\d+)(?:-(\d+))?|\?)\s+\S+\s+"(.*)"$/.exec(rest);
  if (!match) throw new Error(`line ${line}: .SEGMENT does not name a digit`);
  const [, first, last, label] = match;
  const strokeCount = first === undefined ? null : Number(last ?? first) - Number(first) + 1;
  return { line, label, strokeCount, writer: null, strokes: [] };
}

function closeDigit({ line, label, strokeCount, writer, strokes }: OpenDigit): UnipenDigit {
  if (writer === null) throw new Error(`line ${line}: the digit has no .COMMENT that names its writer`);
  if (strokes.length === 0 || strokes.some((points) => points.length === 0)) {
    throw new Error(`line ${line}: the digit has no strokes, or one without points`);
  }
  if (strokeCount !== null && strokeCount !== strokes.length) {
    throw new Error(`line ${line}: the digit has ${strokes.length} strokes, not the ${strokeCount} of its .SEGMENT`);
  }
  return { label, writer, strokes };
}

/** Whether a text has this format, rather than JSON lines. */
export const isUnipen = (text: string): boolean => /^\s*\./.test(text);

/**
 * Reads all digits, with y converted to point down. Keywords without information about a digit are skipped.
 *
 * @throws {Error} naming the line if the text does not have the format described above
 */
export function parseUnipen(text: string): UnipenDigit[] {
  const digits: UnipenDigit[] = [];
  let digit: OpenDigit | null = null;
  let points: Point[] | null = null;
  text.split('\n').forEach((raw, index) => {
    const line = index + 1;
    const [keyword, ...words] = raw.trim().split(/\s+/);
    if (keyword === '.SEGMENT') {
      if (digit) digits.push(closeDigit(digit));
      digit = openDigit(words.join(' '), line);
      points = null;
    } else if (keyword === '.COMMENT' && digit) {
      if (words.length !== 3 || words[0] !== digit.label) {
        throw new Error(`line ${line}: .COMMENT does not give the digit, its writer and its number`);
      }
      digit.writer = words[1];
    } else if (keyword === '.PEN_DOWN') {
      if (!digit) throw new Error(`line ${line}: .PEN_DOWN before any .SEGMENT`);
      points = [];
      digit.strokes.push(points);
    } else if (keyword === '.PEN_UP') {
      points = null;
    } else if (keyword !== '' && !keyword.startsWith('.')) {
      if (!points) throw new Error(`line ${line}: a point while the pen is up`);
      const [x, y] = [keyword, ...words].map(Number);
      if (!Number.isFinite(x) || !Number.isFinite(y)) throw new Error(`line ${line}: "${raw.trim()}" is not a point`);
      points.push({ x, y: BOX - y });
    }
  });
  if (digit) digits.push(closeDigit(digit));
  return digits;
}
