import type { Point } from './strokes.js';

/** A part of a stroke drawn with a single width. */
export interface StrokeRun {
  /** The `d` of an SVG path. */
  readonly path: string;
  /** A multiple of the pen's width: 1 if no pressure was reported. */
  readonly width: number;
}

/** The state of tracing a line. */
interface Trace {
  /** Complete runs; the states of a line share and append to the same list. */
  readonly runs: StrokeRun[];
  /** The current run, up to `end`. */
  readonly path: string;
  readonly curves: number;
  readonly width: number;
  readonly end: Point;
  /** The newest point. The line reaches it once the next point is known. */
  readonly last: Point;
  /** Whether the first point is the only one. */
  readonly single: boolean;
  /** Smoothed pressure at `last`; null if none is reported. */
  readonly pressure: number | null;
}

/** Two decimals: finer than any screen, in a third of the characters. */
const coordinate = (value: number): string => String(Math.round(value * 100) / 100);
const format = ({ x, y }: Point): string => `${coordinate(x)} ${coordinate(y)}`;
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Weight of one point in the smoothed pressure: sensors are noisier than hands. */
const PRESSURE_SMOOTHING = 0.3;

function smoothPressure(before: number | null, { pressure }: Point): number | null {
  // A touching pen always presses: zero is what devices without a sensor report.
  if (!pressure || pressure < 0) return before;
  return before === null ? pressure : before + (pressure - before) * PRESSURE_SMOOTHING;
}

/** Smaller changes in width are invisible; ignoring them keeps the number of runs low. */
const WIDTH_STEP = 1 / 50;

/**
 * Returns the width for a pressure: 0.4 for none, 1 for half (as devices without a sensor report), 1.6 for full.
 * @param width of the line so far: kept unless the pressure differs noticeably
 */
function widthFor(pressure: number | null, width = Infinity): number {
  const exact = pressure === null ? 1 : 0.4 + 1.2 * Math.min(1, pressure);
  return Math.abs(exact - width) < WIDTH_STEP ? width : Math.round(exact / WIDTH_STEP) * WIDTH_STEP;
}

function begin(point: Point): Trace {
  const pressure = smoothPressure(null, point);
  return {
    runs: [],
    path: `M${format(point)}`,
    curves: 0,
    width: widthFor(pressure),
    end: point,
    last: point,
    single: true,
    pressure,
  };
}

function advance(trace: Trace, point: Point, longest: number): Trace {
  const pressure = smoothPressure(trace.pressure, point);
  if (trace.single) return { ...trace, last: point, single: false, pressure };
  const { runs, path, curves, end, last } = trace;
  const width = widthFor(trace.pressure, trace.width);
  const middle = between(last, point);
  const curve = `Q${format(last)} ${format(middle)}`;
  const newest = { width, end: middle, last: point, single: false, pressure };
  if (curves > 0 && (width !== trace.width || curves >= longest)) {
    runs.push({ path, width: trace.width });
    return { ...newest, runs, path: `M${format(end)}${curve}`, curves: 1 };
  }
  return { ...newest, runs, path: path + curve, curves: curves + 1 };
}

/**
 * Incrementally traces a smooth line through a growing list of points: quadratic curves between the midpoints of
 * neighboring points, each with the point itself as its control point, starting and ending at the first and last point.
 * The line never leaves the hull of the points and never lags behind the pen.
 *
 * One point (or equal points) makes a zero-length line, which a round line cap shows as a dot. Non-finite points are
 * skipped; no points make no run. Pen pressure makes the line wider or narrower.
 */
export class StrokeTracer {
  readonly #longest: number;
  #points: readonly Point[] = [];
  #trace: Trace | null = null;

  /** @param longest most curves in a run: new points change only the last run */
  constructor(longest = Infinity) {
    this.#longest = longest;
  }

  /**
   * @param points those of the last call plus new ones, or those of another stroke
   * @param ahead predicted points: drawn, but not kept
   */
  trace(points: readonly Point[], ahead: readonly Point[] = []): readonly StrokeRun[] {
    if (!this.#continues(points)) this.#trace = null;
    for (const point of points.slice(this.#trace ? this.#points.length : 0))
      this.#trace = this.#add(this.#trace, point);
    this.#points = points;
    const kept = this.#trace && { ...this.#trace, runs: [...this.#trace.runs] };
    const shown = ahead.reduce<Trace | null>((trace, point) => this.#add(trace, point), kept);
    if (!shown) return [];
    shown.runs.push({ path: `${shown.path}L${format(shown.last)}`, width: shown.width });
    return shown.runs;
  }

  #continues(points: readonly Point[]): boolean {
    const known = this.#points.length;
    return points.length >= known && points[0] === this.#points[0] && points[known - 1] === this.#points[known - 1];
  }

  #add(trace: Trace | null, point: Point): Trace | null {
    if (!Number.isFinite(point.x) || !Number.isFinite(point.y)) return trace;
    return trace ? advance(trace, point, this.#longest) : begin(point);
  }
}

/** Traces a whole stroke as a smooth line, see {@link StrokeTracer}. */
export function strokeRuns(points: readonly Point[]): readonly StrokeRun[] {
  return new StrokeTracer().trace(points);
}
