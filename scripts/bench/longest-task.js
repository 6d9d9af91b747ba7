/** Reads a trace of Chromium. Pure. */

/**
 * An event of https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU; times in microseconds.
 * @typedef {{ name: string, ph: string, pid: number, tid: number, dur?: number, tdur?: number, args?: { name?: string } }} TraceEvent
 */

const thread = (/** @type {TraceEvent} */ { pid, tid }) => `${pid} ${tid}`;

/**
 * The longest task that a page's main thread ran.
 * @param {readonly TraceEvent[]} events
 * @returns {{ wall: number, processor: number }} milliseconds: the longest by the clock, and the longest by the
 *   processor's time, which tells a busy machine from a busy page
 * @throws {Error} when there is none
 */
export function longestTask(events) {
  const main = new Set(
    events.flatMap((event) =>
      event.name === 'thread_name' && event.args?.name === 'CrRendererMain' ? [thread(event)] : [],
    ),
  );
  const tasks = events.filter(
    ({ name, ph, ...event }) =>
      ph === 'X' && name === 'ThreadControllerImpl::RunTask' && main.has(`${event.pid} ${event.tid}`),
  );
  if (tasks.length === 0) throw new Error('The trace shows no task of a page.');
  return {
    wall: tasks.reduce((most, { dur = 0 }) => Math.max(most, dur), 0) / 1000,
    processor: tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0) / 1000,
  };
}
