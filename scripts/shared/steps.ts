/** Runs the steps of `npm test` and `npm run check` side by side: as many at once as the machine has cores, but two at least. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../setup.js';
import { hashInputs, type Inputs } from './inputs.js';

/** A failed test. */
export interface Failure {
  readonly file: string;
  readonly name: string;
  readonly error: string;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
}

export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly environment?: NodeJS.ProcessEnv;
  /** Name of the step that must end before. */
  readonly after?: string;
  /** The file in which a step that runs many tests leaves their counts; any other step counts as one. */
  readonly results?: { readonly file: string; readonly parse: (text: string) => Counts };
  /** All that the outcome depends on. While it is unchanged since the step passed, the step is skipped, except on CI. */
  readonly inputs?: Inputs;
}

export interface Outcome extends Counts {
  readonly name: string;
  readonly output: string;
  readonly seconds: number;
  readonly unchanged: boolean;
}

/** Runs a command, and collects its output, so that the output of several does not mix. */
async function execute({ command: [command, ...args], environment }: Step) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { output, succeeded: code === 0 };
}

const none: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

function count({ results }: Step, succeeded: boolean): Counts {
  if (!results) return { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0, failures: [] };
  const counted = existsSync(results.file);
  const counts = counted ? results.parse(readFileSync(results.file, 'utf8')) : none;
  // A step that fails without a failed test, or ends without counts, counts as one.
  return (succeeded && counted) || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** Hashes of the inputs that steps passed with, by their names. */
const readRecord = (file: string): Record<string, string> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};

/**
 * @param record file with the inputs that steps passed with
 * @param remembers whether to add this step's inputs to it if it passes
 */
async function runStep(step: Step, record: string, remembers: boolean): Promise<Outcome> {
  const { name, inputs, results } = step;
  const hash = inputs && !process.env.CI ? await hashInputs(inputs) : undefined;
  const unchanged = hash !== undefined && readRecord(record)[name] === hash;
  if (unchanged) return { ...none, name, output: '', seconds: 0, unchanged, passed: 1 };
  if (results) rmSync(results.file, { force: true });
  const start = performance.now();
  const { output, succeeded } = await execute(step);
  const seconds = (performance.now() - start) / 1000;
  const counts = count(step, succeeded);
  if (hash && remembers && counts.failed === 0) {
    writeFileSync(record, `${JSON.stringify({ ...readRecord(record), [name]: hash }, null, 2)}\n`);
  }
  return { name, output, seconds, unchanged, ...counts };
}

/** The outcome of a step that could not be run, or whose results cannot be read. */
const broken = ({ name }: Step, error: unknown): Outcome => ({
  ...none,
  name,
  output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  seconds: 0,
  unchanged: false,
  failed: 1,
});

/** Prints one line, and above it the output of a step that failed. */
function report({ name, output, seconds, unchanged, passed, failed, skipped }: Outcome, runsTests: boolean): void {
  if (failed > 0) console.log(`\n== ${name}\n${output.trimEnd()}`);
  const tests =
    runsTests && !unchanged ? `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}` : '';
  const verdict = failed > 0 ? 'failed' : unchanged ? 'unchanged' : 'ok';
  console.log(`${name}: ${tests || verdict} (${seconds.toFixed(0)} s)`);
}

const LONGEST_ERROR = 400;

/** The steps and tests that failed, each with the beginning of its error: a summary for the end of a log. */
export function listFailures(outcomes: readonly Outcome[]): string[] {
  return outcomes
    .filter(({ failed }) => failed > 0)
    .flatMap(({ name: step, failures, output }) =>
      failures.length > 0
        ? failures.map(({ file, name, error }) => `${file}: ${name}\n    ${shorten(error)}`)
        : [`${step}\n    ${shorten(output.slice(-LONGEST_ERROR))}`],
    );
}

const shorten = (text: string): string =>
  stripVTControlCharacters(text)
    .trim()
    .slice(0, LONGEST_ERROR)
    .replaceAll(/\s*\n\s*/g, '\n    ');

/**
 * Runs steps in order, each as soon as the one that it comes after has ended, and reports each as it ends.
 * @param record file with the inputs that steps passed with; it is committed, so that a clone need not repeat them
 */
export async function runSteps(steps: readonly Step[], record = join(root, 'test/passed.json')): Promise<Outcome[]> {
  const limit = Math.max(2, availableParallelism());
  const waiting = [...steps];
  const running = new Set<Promise<unknown>>();
  const outcomes: Outcome[] = [];
  const isReady = ({ after }: Step): boolean =>
    outcomes.some(({ name }) => name === after) || !steps.some(({ name }) => name === after);
  // What a step after the build tests may be older than the sources unless the build has passed in this run.
  const isFresh = ({ after }: Step): boolean =>
    !after || outcomes.some(({ name, failed }) => name === after && failed === 0);
  const run = async (step: Step): Promise<void> => {
    const outcome = await runStep(step, record, isFresh(step)).catch((error: unknown) => broken(step, error));
    outcomes.push(outcome);
    report(outcome, step.results !== undefined);
  };
  while (waiting.length + running.size > 0) {
    const next = running.size < limit ? waiting.findIndex(isReady) : -1;
    if (next < 0) {
      await Promise.race(running);
    } else {
      const [step] = waiting.splice(next, 1);
      const end = run(step).finally(() => running.delete(end));
      running.add(end);
    }
  }
  return outcomes;
}
