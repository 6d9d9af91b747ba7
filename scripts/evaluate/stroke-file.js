/** Drawings with labels, as JSON lines. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** @import { DrawingSample, Line } from './samples.js' */

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
 * @param {string} line
 * @returns {DrawingSample}
 */
function parseRecord(line) {
  /** @type {unknown} */
  const record = JSON.parse(line);
  const { label, strokes } = /** @type {{ label?: unknown, strokes?: unknown }} */ (record ?? {});
  const name = String(label);
  if (!/^\d$/.test(name)) throw new Error(`its label is ${JSON.stringify(label)} where a digit is needed`);
  if (!areStrokes(strokes)) throw new Error('its strokes are not a list of lists of [x, y]');
  return { label: Number(name), strokes };
}

/**
 * Reads `{"label":"7","strokes":[[[x,y],…],…]}` per line; other members are left alone, and so are empty lines.
 * @param {string} text
 * @returns {DrawingSample[]}
 * @throws {Error} that names the line
 */
export function parseStrokes(text) {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [parseRecord(line)];
    } catch (cause) {
      const reason = /** @type {Error} */ (cause).message;
      throw new Error(`Line ${index + 1} is not a labelled drawing: ${reason}.`, { cause });
    }
  });
}

/**
 * @param {string} path of JSON lines, gzip'd when it ends in .gz
 * @returns {Promise<DrawingSample[]>}
 * @throws {Error} that names the file
 */
export async function loadStrokeFile(path) {
  try {
    const bytes = await readFile(path);
    const text = (path.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
    const samples = parseStrokes(text);
    if (samples.length === 0) throw new Error('It has no drawings.');
    return samples;
  } catch (cause) {
    throw new Error(`Cannot read ${path}. ${/** @type {Error} */ (cause).message}`, { cause });
  }
}
