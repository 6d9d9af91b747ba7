import type { Size } from './ink-store.js';
import type { Point, Stroke, Strokes } from './strokes.js';

/** When the replay reaches each point of each stroke, in milliseconds since the first. */
export type ReplayTimes = readonly (readonly number[])[];

/** The state of a replay at one moment. */
export interface ReplayMoment {
  /** The ink drawn so far. */
  readonly strokes: Strokes;
  /** The pen's position between two points; null at a point, and between strokes. */
  readonly pen: Point | null;
}

/** Longest pause between strokes in milliseconds, however long the writer paused. */
const LONGEST_PAUSE = 1000;
/** Pause between strokes without times, in milliseconds. */
const USUAL_PAUSE = 250;
/** How fast people draw digits, in sides of the frame per millisecond. */
const USUAL_SPEED = 1.5 / 1000;
/** Longest duration of a stroke without times, in milliseconds. */
const LONGEST_NATURAL = 60_000;

/** Strokes longer than a day, in milliseconds, were not drawn by hand. */
const LONGEST_STROKE = 86_400_000;

/** When a stroke's points were drawn, in milliseconds since its first; null if unknown or implausible. */
function ownTimes({ points }: Stroke): number[] | null {
  const times = points.map(({ time }) => (time ?? NaN) - (points[0].time ?? NaN));
  const last = times[times.length - 1];
  const forward = times.every((time, index) => time >= times[Math.max(0, index - 1)]);
  return forward && last <= LONGEST_STROKE && (times.length === 1 || last > 0) ? times : null;
}

/** When a pen of usual speed reaches a stroke's points, in milliseconds; at most a minute in all. */
function naturalTimes({ points }: Stroke, { width, height }: Size): number[] {
  let distance = 0;
  const distances = points.map(({ x, y }, index) => {
    const previous = points[Math.max(0, index - 1)];
    return (distance += Math.hypot(x - previous.x, y - previous.y));
  });
  const duration = Math.min(distance / (USUAL_SPEED * Math.min(width, height)), LONGEST_NATURAL);
  return distances.map((each) => (distance > 0 ? (each / distance) * duration : 0));
}

/** Pause before a stroke, in milliseconds. */
function pauseBetween(previous: Stroke | undefined, next: Stroke): number {
  if (!previous) return 0;
  const pause = (next.points[0]?.time ?? NaN) - (previous.points[previous.points.length - 1]?.time ?? NaN);
  return pause >= 0 ? Math.min(pause, LONGEST_PAUSE) : USUAL_PAUSE;
}

/** Returns the times of a drawing: its own if its points have them, else those of a usual hand. */
export function replayTimes(strokes: Strokes, frame: Size): ReplayTimes {
  let start = 0;
  return strokes.map((stroke, index) => {
    start += pauseBetween(strokes[index - 1], stroke);
    const begun = start;
    const times = (ownTimes(stroke) ?? naturalTimes(stroke, frame)).map((time) => begun + time);
    start = times[times.length - 1] ?? start;
    return times;
  });
}

/** Returns the duration of a replay in milliseconds. */
export function replayDuration(times: ReplayTimes): number {
  return times.reduce((longest, each) => Math.max(longest, each[each.length - 1] ?? 0), 0);
}

/** Returns the drawing at a moment of its replay. Complete strokes are the same objects as in `strokes`. */
export function replayMoment(strokes: Strokes, times: ReplayTimes, moment: number): ReplayMoment {
  const begun = strokes.filter((_, index) => times[index][0] <= moment);
  const last = begun.length - 1;
  if (last < 0) return { strokes: [], pen: null };
  const stroke = begun[last];
  const stamps = times[strokes.indexOf(stroke)];
  const reached = stamps.filter((time) => time <= moment).length;
  if (reached === stroke.points.length) return { strokes: begun, pen: null };
  const [from, to] = [stroke.points[reached - 1], stroke.points[reached]];
  const share = (moment - stamps[reached - 1]) / (stamps[reached] - stamps[reached - 1]);
  return {
    strokes: [...begun.slice(0, last), { points: stroke.points.slice(0, reached) }],
    pen: { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share },
  };
}
