import { describeValue } from './describe-value.js';
import { DrawingError } from './drawing-error.js';
import { readParts } from './read-options.js';

/** A point that the pen passed. `x` and `y` in CSS pixels of the pad, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** 0..1, as reported by a pen. Mouse and finger have none. */
  readonly pressure?: number;
  /** Milliseconds, on any clock that only runs forward within a drawing. */
  readonly time?: number;
}

/** What is drawn from pen down to pen up. */
export interface Stroke {
  readonly points: readonly Point[];
}

/** A drawing. Strokes are the truth; every picture of them is a projection. */
export type Strokes = readonly Stroke[];

/** Beyond this a coordinate is no point on any pad, and differences of two of them lose their precision. */
const FURTHEST = 2 ** 40;

function invalid(path: string, value: unknown, allowed: string): DrawingError {
  return new DrawingError('invalid-drawing', `${path} is ${describeValue(value)}; it must be ${allowed}.`);
}

function checkPoint(point: unknown, path: string): void {
  if (typeof point !== 'object' || point === null) throw invalid(path, point, 'a point: { x, y }');
  const { x, y, pressure, time } = point as Record<keyof Point, unknown>;
  for (const [name, value] of Object.entries({ x, y })) {
    if (!(typeof value === 'number' && Math.abs(value) <= FURTHEST)) {
      throw invalid(`${path}.${name}`, value, 'a finite number, in pixels');
    }
  }
  for (const [name, value] of Object.entries({ pressure, time })) {
    if (value !== undefined && !Number.isFinite(value)) {
      throw invalid(`${path}.${name}`, value, 'a finite number, or left out');
    }
  }
}

function checkStroke(stroke: unknown, path: string): void {
  if (typeof stroke !== 'object' || stroke === null) throw invalid(path, stroke, 'a stroke: { points: [{ x, y }, …] }');
  const { points } = stroke as Record<keyof Stroke, unknown>;
  if (!Array.isArray(points)) throw invalid(`${path}.points`, points, 'an array of points: [{ x, y }, …]');
  // By index: `forEach` would leave out the holes of an array.
  for (let index = 0; index < points.length; index++) checkPoint(points[index], `${path}.points[${index}]`);
}

/**
 * Makes sure that a value, whatever a page hands over, has the shape of {@link Strokes} with finite numbers.
 *
 * @param name of the argument or property, for the message
 * @throws {DrawingError} `invalid-drawing`; the message names what is wrong, where, and what is allowed
 */
function checkStrokes(value: unknown, name = 'strokes'): asserts value is Strokes {
  try {
    if (!Array.isArray(value)) throw invalid(name, value, 'an array of strokes: [{ points: [{ x, y }, …] }, …]');
    for (let index = 0; index < value.length; index++) checkStroke(value[index], `${name}[${index}]`);
  } catch (cause) {
    if (cause instanceof DrawingError) throw cause;
    throw unreadable(name, cause);
  }
}

/** Scripts can make strokes of which a part throws when it is read. */
function unreadable(name: string, cause: unknown): DrawingError {
  const reason = cause instanceof Error ? cause.message : describeValue(cause);
  return new DrawingError('invalid-drawing', `${name} cannot be read: ${reason}`, { cause });
}

/** Whether a value has the shape of {@link Strokes}, with finite numbers. */
export function isStrokes(value: unknown): value is Strokes {
  try {
    checkStrokes(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * A frozen copy of strokes as plain objects: it is the same however often it is read, and whatever a page does with it or
 * the original.
 *
 * @throws {DrawingError} `invalid-drawing` for anything else than strokes
 */
export function copyStrokes(value: unknown, name = 'strokes'): Strokes {
  // What was read of strokes that come back, as by a page that mirrors them, stays true of them.
  if (unchangeable.has(value as Strokes)) return value as Strokes;
  let copy: unknown = value;
  try {
    if (Array.isArray(value)) copy = Array.from(value, copyStroke);
  } catch (cause) {
    throw unreadable(name, cause);
  }
  checkStrokes(copy, name);
  return freezeStrokes(copy);
}

function copyStroke(stroke: unknown): unknown {
  if (typeof stroke !== 'object' || stroke === null) return stroke;
  const { points } = stroke as Record<keyof Stroke, unknown>;
  return Array.isArray(points) ? freezeStroke(Array.from(points, copyPoint)) : { points };
}

function copyPoint(point: unknown): unknown {
  return typeof point === 'object' && point !== null ? Object.freeze({ ...point }) : point;
}

const unchangeable = new WeakSet<Strokes>();

/** Strokes that nobody can change, of strokes that nobody can change. */
export function freezeStrokes(strokes: Strokes): Strokes {
  unchangeable.add(Object.freeze(strokes));
  return strokes;
}

/** A stroke that nobody can change, of points that nobody can change. */
export function freezeStroke<Points>(points: Points): { readonly points: Points } {
  return Object.freeze({ points: Object.freeze(points) });
}

/** What `toJSON()` of a pad gives: strokes, and the size of the pad that they were drawn on, in CSS pixels. */
export interface DrawingData {
  readonly width: number;
  readonly height: number;
  readonly strokes: Strokes;
}

/**
 * A copy of a drawing as data.
 *
 * @throws {DrawingError} `invalid-drawing` for anything else
 */
export function copyDrawing(value: unknown): DrawingData {
  const copy = readParts(value as DrawingData, ['width', 'height', 'strokes']);
  if (!copy) throw invalid('drawing', value, 'what toJSON() gave: { width, height, strokes }');
  for (const name of ['width', 'height'] as const) {
    const side = copy[name];
    if (!(typeof side === 'number' && side > 0 && side <= FURTHEST)) {
      throw invalid(`drawing.${name}`, side, 'a number of pixels above 0');
    }
  }
  return { ...(copy as DrawingData), strokes: copyStrokes(copy.strokes, 'drawing.strokes') };
}
