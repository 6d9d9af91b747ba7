import type { Run } from '../load.js';

/** What the page reports of its start. Times in milliseconds. */
export interface StartReport {
  /** From the first statement of its script to the answer. */
  readonly script: number;
  /** From the script's request to the answer. */
  readonly request: number;
  /** The longest of the tasks over 50 ms; 0 when there was none, null in a browser that does not report them. */
  readonly longestTask: number | null;
  readonly logits?: readonly number[];
  readonly digit?: number | null;
}

/**
 * Reports the page's start, as `startReport`.
 * @param script that the start is counted from, beside the page
 * @param answer gives the first answer, as soon as it is there
 */
export function reportStart(script: string, answer: () => Promise<Pick<StartReport, 'logits' | 'digit'>>): void {
  const report = async (): Promise<StartReport> => {
    const given = await answer();
    const end = performance.now();
    // A task is reported when it is over.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { scriptStart, longTasks } = globalThis as unknown as { scriptStart: number; longTasks: number[] | null };
    const [{ startTime }] = performance.getEntriesByName(new URL(script, document.baseURI).href);
    return {
      script: end - scriptStart,
      request: end - startTime,
      longestTask: longTasks && Math.max(0, ...longTasks),
      ...given,
    };
  };
  Object.assign(globalThis, { startReport: report() });
}

/** A vertical line, as a 1 is drawn. */
const line = Float32Array.from({ length: 784 }, (_, pixel) => {
  const [x, y] = [pixel % 28, Math.floor(pixel / 28)];
  return x >= 13 && x <= 14 && y >= 5 && y <= 22 ? 1 : 0;
});

/** Runs the network once, as soon as it can be run. */
export const predictFirst = (start: () => Promise<Run>): void =>
  reportStart('script.js', async () => {
    const run = await start();
    return { logits: [...(await run(line, 1))] };
  });
