/** Drawings with labels, as JSON lines. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** @import { Drawing, DrawingSample, Line } from './samples.js' */

/** @param {unknown} point */
function isPoint(point) {
  return Array.isArray(point) && point.length >= 2 && Number.isFinite(point[0]) && Number.isFinite(point[1]);
}

/** @param {unknown} strokes @returns {strokes is Line[]} */
function areStrokes(strokes) {
  return (
    Array.isArray(strokes) &&
    strokes.length > 0 &&
    strokes.every((stroke) => Array.isArray(stroke) && stroke.length > 0 && stroke.every(isPoint))
  );
}

/**
 * @param {unknown} record
 * @returns {Drawing}
 */
function toDrawing(record) {
  const { strokes } = /** @type {{ strokes?: unknown }} */ (record ?? {});
  if (!areStrokes(strokes)) throw new Error('its strokes are not a list of lists of [x, y]');
  return { strokes };
}

/**
 * @param {unknown} record
 * @returns {DrawingSample}
 */
function toLabelledDrawing(record) {
  const { label, writer } = /** @type {{ label?: unknown, writer?: unknown }} */ (record ?? {});
  if (!/^\d$/.test(String(label))) throw new Error(`its label is ${JSON.stringify(label)} where a digit is needed`);
  return { label: Number(label), ...(typeof writer === 'string' ? { writer } : {}), ...toDrawing(record) };
}

/**
 * @template Sample
 * @param {string} text
 * @param {(record: unknown) => Sample} convert
 * @param {string} kind of what each line must be
 * @returns {Sample[]}
 */
function parseLines(text, convert, kind) {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [convert(JSON.parse(line))];
    } catch (cause) {
      const reason = /** @type {Error} */ (cause).message;
      throw new Error(`Line ${index + 1} is not a ${kind}: ${reason}.`, { cause });
    }
  });
}

/**
 * Reads `{"label":"7","strokes":[[[x,y],…],…]}` per line; other members are left alone, and so are empty lines.
 * @param {string} text
 * @returns {DrawingSample[]}
 * @throws {Error} that names the line
 */
export function parseStrokes(text) {
  return parseLines(text, toLabelledDrawing, 'labelled drawing');
}

/**
 * As {@link parseStrokes}, of things that are no digits: whatever their label says.
 * @param {string} text
 * @returns {Drawing[]}
 * @throws {Error} that names the line
 */
export function parseNondigits(text) {
  return parseLines(text, toDrawing, 'drawing');
}

/**
 * @template Sample
 * @param {string} path of JSON lines, gzip'd when it ends in .gz
 * @param {(text: string) => Sample[]} parse
 * @returns {Promise<Sample[]>} at least one
 * @throws {Error} that names the file
 */
export async function loadStrokeFile(path, parse) {
  try {
    const bytes = await readFile(path);
    const text = (path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
    const samples = parse(text);
    if (samples.length === 0) throw new Error('It has no drawings.');
    return samples;
  } catch (cause) {
    throw new Error(`Cannot read ${path}. ${/** @type {Error} */ (cause).message}`, { cause });
  }
}
