import { IMAGE_LENGTH, IMAGE_SIDE } from '../../../../src/model/shapes.js';
import type { Run } from '../load.js';

/**
 * `fetched`: the script was loaded; `started` and `run`: its first and last statement; `rendered`: the element, for the
 * first time; `model`: its file was loaded; `ready`: the engine passed its self-test; `answered`: not yet painted.
 */
export type StartStep = 'fetched' | 'started' | 'run' | 'rendered' | 'model' | 'ready' | 'answered';

/** Times in milliseconds. */
export interface StartReport {
  /** From the first statement of its script to the answer. */
  readonly script: number;
  /** From the script's request to the answer. */
  readonly request: number;
  /** The longest of the tasks over 50 ms; 0 when there was none, null in a browser that does not report them. */
  readonly longestTask: number | null;
  /** From navigation to the answer. */
  readonly navigation: number;
  /** Paths of the files that were requested before the answer. */
  readonly requests: readonly string[];
  /** Since the script was requested, in this order. Steps that a page does not take are left out. */
  readonly steps: Partial<Record<StartStep, number>>;
  readonly logits?: readonly number[];
  readonly digit?: number | null;
}

interface Marks {
  readonly scriptStart: number;
  readonly scriptEnd?: number;
  readonly rendered?: number;
  readonly longTasks: number[] | null;
}

/**
 * Reports the page's start in the global variable `startReport`.
 * @param script whose request the start is counted from
 * @param answer resolves with the first answer
 */
export function reportStart(
  script: string,
  answer: () => Promise<
    Pick<StartReport, 'logits' | 'digit'> & { steps?: Pick<StartReport['steps'], 'ready' | 'answered'> }
  >,
): void {
  const report = async (): Promise<StartReport> => {
    const { steps, ...given } = await answer();
    const end = performance.now();
    // A long task is reported after its end.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { scriptStart, scriptEnd, rendered, longTasks } = globalThis as unknown as Marks;
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const { startTime, responseEnd } = resources.find(({ name }) => name === new URL(script, document.baseURI).href)!;
    const model = resources.find(({ name }) => name.endsWith('.onnx'))?.responseEnd;
    const marks = { fetched: responseEnd, started: scriptStart, run: scriptEnd, rendered, model, ...steps };
    return {
      script: end - scriptStart,
      request: end - startTime,
      navigation: end,
      steps: Object.fromEntries(
        Object.entries(marks).flatMap(([step, time]) => (time === undefined ? [] : [[step, time - startTime]])),
      ),
      requests: resources.filter((file) => file.startTime < end).map(({ name }) => new URL(name).pathname),
      longestTask: longTasks && Math.max(0, ...longTasks),
      ...given,
    };
  };
  Object.assign(globalThis, { startReport: report() });
}

/** A vertical line, as a 1 is drawn. */
const line = Float32Array.from({ length: IMAGE_LENGTH }, (_, pixel) => {
  const [x, y] = [pixel % IMAGE_SIDE, Math.floor(pixel / IMAGE_SIDE)];
  return x >= 13 && x <= 14 && y >= 5 && y <= 22 ? 1 : 0;
});

/** Runs the network once, as soon as possible. */
export const predictFirst = (start: () => Promise<Run>): void =>
  reportStart('script.js', async () => {
    const run = await start();
    return { logits: [...(await run(line, 1))] };
  });
