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

/** Whether a value has the shape of {@link Strokes}; says nothing of how many points there are or where. */
export function isStrokes(value: unknown): value is Strokes {
  return (
    Array.isArray(value) &&
    value.every(
      (stroke: unknown) =>
        typeof stroke === 'object' &&
        stroke !== null &&
        Array.isArray((stroke as Stroke).points) &&
        (stroke as Stroke).points.every(
          (point: unknown) =>
            typeof point === 'object' &&
            point !== null &&
            typeof (point as Point).x === 'number' &&
            typeof (point as Point).y === 'number',
        ),
    )
  );
}
