import { describeValue, readParts } from '../utils/index.js';
import { MAX_COORDINATE } from '../model/index.js';
import { DrawingError } from './drawing-error.js';

/** A point of a stroke. `x` and `y` in CSS pixels of the pad, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** 0..1, as reported by a pen. Not set for mouse and touch. */
  readonly pressure?: number;
  /** Milliseconds, on any clock that is monotonic within a drawing. */
  readonly time?: number;
}

/** The points from pen down to pen up. */
export interface Stroke {
  readonly points: readonly Point[];
}

/** A drawing. Strokes are the source of truth; pictures are derived from them. */
export type Strokes = readonly Stroke[];

function invalid(path: string, value: unknown, allowed: string): DrawingError {
  return new DrawingError('invalid-drawing', `${path} is ${describeValue(value)}; it must be ${allowed}.`);
}

function checkPoint(point: unknown, path: string): void {
  if (typeof point !== 'object' || point === null) throw invalid(path, point, 'a point: { x, y }');
  const { x, y, pressure, time } = point as Record<keyof Point, unknown>;
  for (const [name, value] of Object.entries({ x, y })) {
    if (!(typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE)) {
      throw invalid(`${path}.${name}`, value, 'a number of pixels from -1e9 to 1e9');
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
  points.forEach((point, index) => checkPoint(point, `${path}.points[${index}]`));
}

/**
 * Asserts that a copy of an untrusted value has the shape of {@link Strokes} with finite numbers.
 *
 * @param name of the argument or property, for the message
 * @throws {DrawingError} `invalid-drawing`; the message names what is wrong, where, and what is allowed
 */
function checkStrokes(value: unknown, name: string): asserts value is Strokes {
  if (!Array.isArray(value)) throw invalid(name, value, 'an array of strokes: [{ points: [{ x, y }, …] }, …]');
  value.forEach((stroke, index) => checkStroke(stroke, `${name}[${index}]`));
}

/** Whether a value has the shape of {@link Strokes}, with finite numbers. */
export function isStrokes(value: unknown): value is Strokes {
  try {
    copyStrokes(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns a frozen copy of strokes as plain objects, safe from getters and later changes to the original.
 *
 * @throws {DrawingError} `invalid-drawing` for anything but strokes
 */
export function copyStrokes(value: unknown, name = 'strokes'): Strokes {
  // Strokes that come back, as from a page that mirrors them, keep their identity and so their answer.
  if (deeplyFrozen.has(value as Strokes)) return value as Strokes;
  let copy: unknown = value;
  try {
    if (Array.isArray(value)) copy = Array.from(value, copyStroke);
  } catch (cause) {
    // Strokes from scripts may have getters that throw.
    const reason = cause instanceof Error ? cause.message : describeValue(cause);
    throw new DrawingError('invalid-drawing', `${name} cannot be read: ${reason}`, { cause });
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
  if (typeof point !== 'object' || point === null) return point;
  // By name, since the properties of a DOMPoint or PointerEvent are accessors of its prototype.
  const { x, y, pressure, time } = point as Point;
  return Object.freeze({ x, y, ...(pressure !== undefined && { pressure }), ...(time !== undefined && { time }) });
}

const deeplyFrozen = new WeakSet<Strokes>();

/** Freezes a list of frozen strokes. */
export function freezeStrokes(strokes: Strokes): Strokes {
  deeplyFrozen.add(Object.freeze(strokes));
  return strokes;
}

export const noStrokes: Strokes = freezeStrokes([]);

/**
 * Returns a copy of what a page sets a property to: no strokes for undefined, which stands for a property not passed.
 *
 * @throws {DrawingError} `invalid-drawing` for anything but strokes
 */
export const givenStrokes = (given: unknown): Strokes => (given === undefined ? noStrokes : copyStrokes(given));

/** Returns a frozen stroke of frozen points. */
export function freezeStroke<Points>(points: Points): { readonly points: Points } {
  return Object.freeze({ points: Object.freeze(points) });
}

/** A drawing as returned by a pad's `toJSON()`: strokes, and the size in CSS pixels of the pad they were drawn on. */
export interface DrawingData {
  readonly width: number;
  readonly height: number;
  readonly strokes: Strokes;
}

/**
 * Returns a copy of a serialized drawing.
 *
 * @throws {DrawingError} `invalid-drawing` for anything else
 */
export function copyDrawing(value: unknown): DrawingData {
  const copy = readParts(value as DrawingData, ['width', 'height', 'strokes']);
  if (!copy) throw invalid('drawing', value, 'what toJSON() gave: { width, height, strokes }');
  for (const name of ['width', 'height'] as const) {
    const side = copy[name];
    if (!(typeof side === 'number' && side > 0 && side <= MAX_COORDINATE)) {
      throw invalid(`drawing.${name}`, side, 'a number of pixels above 0');
    }
  }
  return { ...(copy as DrawingData), strokes: copyStrokes(copy.strokes, 'drawing.strokes') };
}
