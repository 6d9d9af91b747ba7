/** Traces of what Chromium does. */
import type { Page } from 'puppeteer-core';

/**
 * An event of https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU; times in microseconds.
 */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Records what the browser does during an action. */
export async function trace({ tracing }: Page, action: () => Promise<unknown>): Promise<TraceEvent[]> {
  await tracing.start({ categories: ['toplevel', '__metadata'] });
  await action();
  const file = new TextDecoder().decode(await tracing.stop());
  return (JSON.parse(file) as { traceEvents: TraceEvent[] }).traceEvents;
}

/**
 * The longest task of a page's main thread, by a trace of Chromium.
 * @returns milliseconds of wall-clock and of CPU time; on a busy machine the former is longer
 * @throws {Error} when the trace has none
 */
export function longestTask(events: readonly TraceEvent[]): { wall: number; processor: number } {
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const main = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(thread),
  );
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.name === 'ThreadControllerImpl::RunTask' && main.has(thread(event)),
  );
  if (tasks.length === 0) throw new Error('The trace shows no task of a page.');
  return {
    wall: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    processor: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}
