import type { Point } from './strokes.js';

/** A part of a stroke that is drawn with one width. */
export interface StrokeRun {
  /** The `d` of an SVG path. */
  readonly path: string;
  /** A multiple of the pen's width: 1 where no pen reported its pressure. */
  readonly width: number;
}

/** How far a line has been traced. */
interface Trace {
  /** Runs that are complete. */
  readonly runs: readonly StrokeRun[];
  /** The run under way, as far as `end`. */
  readonly path: string;
  readonly curves: number;
  readonly width: number;
  readonly end: Point;
  /** The newest point. The line gets there when it is known where it goes on to. */
  readonly last: Point;
  /** Whether the first point is the only one. */
  readonly single: boolean;
  /** The pressure at `last`, smoothed; null where none is reported. */
  readonly pressure: number | null;
}

/** Two decimals: finer than any screen shows, and a third of the characters. */
const coordinate = (value: number): string => String(Math.round(value * 100) / 100);
const place = ({ x, y }: Point): string => `${coordinate(x)} ${coordinate(y)}`;
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** What one point adds to the smoothed pressure: sensors tremble more than hands. */
const PRESSURE_SMOOTHING = 0.3;

function smoothPressure(before: number | null, { pressure }: Point): number | null {
  // A pen that touches always presses: zero is what devices without a sensor say.
  if (!pressure) return before;
  return before === null ? pressure : before + (pressure - before) * PRESSURE_SMOOTHING;
}

/** Smaller changes of the width are not seen; a line is made of few runs. */
const WIDTH_STEP = 1 / 50;

/**
 * 0.4 for no pressure, 1 for half of it (as devices without a sensor say), 1.6 for all.
 * @param width of the line until here: it stays until the pressure asks for quite another one
 */
function widthFor(pressure: number | null, width = Infinity): number {
  const exact = pressure === null ? 1 : 0.4 + 1.2 * Math.min(1, pressure);
  return Math.abs(exact - width) < WIDTH_STEP ? width : Math.round(exact / WIDTH_STEP) * WIDTH_STEP;
}

function begin(point: Point): Trace {
  const pressure = smoothPressure(null, point);
  return {
    runs: [],
    path: `M${place(point)}`,
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
  const curve = `Q${place(last)} ${place(middle)}`;
  const newest = { width, end: middle, last: point, single: false, pressure };
  if (curves > 0 && (width !== trace.width || curves >= longest)) {
    const complete = [...runs, { path, width: trace.width }];
    return { ...newest, runs: complete, path: `M${place(end)}${curve}`, curves: 1 };
  }
  return { ...newest, runs, path: path + curve, curves: curves + 1 };
}

/**
 * Traces a smooth line through points that become more: quadratic curves between the middles of neighboring points,
 * each with the point itself as its control point, begun and ended at the first and last point. The line never leaves
 * the hull of the points and never lags behind the pen. Only what is new is traced.
 *
 * One point (or equal points) gives a line of no length, which a round line cap shows as a dot. Points that are not
 * finite are left out; no points give no run. The pressure of a pen makes the line wider or narrower.
 */
export class StrokeTracer {
  readonly #longest: number;
  #points: readonly Point[] = [];
  #trace: Trace | null = null;

  /** @param longest the most curves in a run: all runs but the last stay as they are when points come */
  constructor(longest = Infinity) {
    this.#longest = longest;
  }

  /**
   * @param points those of the last call and newer ones, or those of another stroke
   * @param ahead where the pen is expected next: drawn, but not kept
   */
  trace(points: readonly Point[], ahead: readonly Point[] = []): readonly StrokeRun[] {
    if (!this.#continues(points)) this.#trace = null;
    for (const point of points.slice(this.#trace ? this.#points.length : 0))
      this.#trace = this.#add(this.#trace, point);
    this.#points = points;
    const shown = ahead.reduce<Trace | null>((trace, point) => this.#add(trace, point), this.#trace);
    if (!shown) return [];
    return [...shown.runs, { path: `${shown.path}L${place(shown.last)}`, width: shown.width }];
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

/** A whole stroke as a smooth line, see {@link StrokeTracer}. */
export function strokeRuns(points: readonly Point[]): readonly StrokeRun[] {
  return new StrokeTracer().trace(points);
}
