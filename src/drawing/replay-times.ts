import type { Size } from './ink-store.js';
import type { Point, Stroke, Strokes } from './strokes.js';

/** When each point of each stroke is reached, in milliseconds since the first. */
export type ReplayTimes = readonly (readonly number[])[];

/** A drawing at one moment of its replay. */
export interface ReplayMoment {
  /** What has been drawn until then. */
  readonly strokes: Strokes;
  /** Where between two points the pen is; null at a point, and between strokes. */
  readonly pen: Point | null;
}

/** Between strokes nobody wants to wait longer than this, however long the writer paused. */
const LONGEST_PAUSE = 1000;
/** Between strokes without times. */
const USUAL_PAUSE = 250;
/** Sides of the frame per millisecond: how fast people draw digits. */
const USUAL_SPEED = 1.5 / 1000;
/** A stroke without times takes no longer than this, in milliseconds. */
const LONGEST_NATURAL = 60_000;

/** A stroke of more than a day was not drawn by hand. */
const LONGEST_STROKE = 86_400_000;

/** When the points of a stroke were drawn, since its first; null where it is not known, or makes no sense. */
function ownTimes({ points }: Stroke): number[] | null {
  const times = points.map(({ time }) => (time ?? NaN) - (points[0].time ?? NaN));
  const last = times[times.length - 1];
  const forward = times.every((time, index) => time >= times[Math.max(0, index - 1)]);
  return forward && last <= LONGEST_STROKE && (times.length === 1 || last > 0) ? times : null;
}

/** When the points of a stroke are reached at the usual speed; however far they are apart, within a minute. */
function naturalTimes({ points }: Stroke, { width, height }: Size): number[] {
  let way = 0;
  const ways = points.map(({ x, y }, index) => {
    const previous = points[Math.max(0, index - 1)];
    return (way += Math.hypot(x - previous.x, y - previous.y));
  });
  const duration = Math.min(way / (USUAL_SPEED * Math.min(width, height)), LONGEST_NATURAL);
  return ways.map((each) => (way > 0 ? (each / way) * duration : 0));
}

/** The pause before a stroke. */
function pauseBetween(previous: Stroke | undefined, next: Stroke): number {
  if (!previous) return 0;
  const pause = (next.points[0]?.time ?? NaN) - (previous.points[previous.points.length - 1]?.time ?? NaN);
  return pause >= 0 ? Math.min(pause, LONGEST_PAUSE) : USUAL_PAUSE;
}

/** The times of a drawing: its own where its points have them, else those of a usual hand. */
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

/** How long a replay takes, in milliseconds. */
export function replayDuration(times: ReplayTimes): number {
  return times.reduce((longest, each) => Math.max(longest, each[each.length - 1] ?? 0), 0);
}

/** What has been drawn until a moment of the replay. Strokes that are complete are those that were given. */
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
