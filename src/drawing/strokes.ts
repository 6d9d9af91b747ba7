/** A place where the pen was. `x` and `y` in CSS pixels of the pad, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** 0..1, as a pen told it. Mouse and finger have none. */
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

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isPoint = (value: unknown): value is Point =>
  isObject(value) && typeof (value as Point).x === 'number' && typeof (value as Point).y === 'number';

/** `Array.from` and not the array itself, whose holes `every` would leave out. */
const isStroke = (value: unknown): value is Stroke =>
  isObject(value) && Array.isArray((value as Stroke).points) && Array.from((value as Stroke).points).every(isPoint);

/** Whether a value has the shape of {@link Strokes}; says nothing of how many points there are or where. */
export function isStrokes(value: unknown): value is Strokes {
  return Array.isArray(value) && Array.from(value).every(isStroke);
}

/**
 * What is in an array as plain objects, so that it is the same however often it is read; null when it has not the shape
 * of {@link Strokes}. Throws what its getters throw.
 */
export function copyStrokes(value: readonly unknown[]): Strokes | null {
  const copy: unknown = Array.from(value, (stroke) => {
    const points: unknown = isObject(stroke) ? (stroke as Stroke).points : null;
    return {
      points: Array.isArray(points) ? Array.from(points, (point: unknown) => isObject(point) && { ...point }) : points,
    };
  });
  return isStrokes(copy) ? copy : null;
}
