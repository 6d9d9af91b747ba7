/** Runs the steps of `npm test` and `npm run check` side by side, as many at once as the machine has cores. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './setup.js';

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
  /** Name of the step that must have ended before. */
  readonly after?: string;
  /** A step that runs many tests leaves their counts in a file; any other one counts as one. */
  readonly results?: { readonly file: string; readonly parse: (text: string) => Counts };
  /** Files and folders that the outcome depends on: unchanged since it passed, it is not run again, but on CI. */
  readonly inputs?: readonly string[];
}

export interface Outcome extends Counts {
  readonly name: string;
  readonly output: string;
  readonly seconds: number;
  readonly unchanged: boolean;
}

/** A hash of files and of all that folders hold. */
export async function hashInputs(paths: readonly string[], folder = root): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    const full = join(folder, path);
    const names = statSync(full).isDirectory() ? (await readdir(full, { recursive: true })).sort() : [''];
    for (const name of names) {
      const file = join(full, name);
      if (statSync(file).isFile()) hash.update(`${path}/${name}\n`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Runs a command, and collects what it prints, so that the output of several does not mix. */
function execute({ command: [command, ...args], environment }: Step): Promise<{ output: string; succeeded: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
      shell: process.platform === 'win32',
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ output: Buffer.concat(chunks).toString(), succeeded: code === 0 }));
  });
}

function count({ results }: Step, succeeded: boolean): Counts {
  if (!results) return { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0, failures: [] };
  const counts = existsSync(results.file)
    ? results.parse(readFileSync(results.file, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, failures: [] };
  // One that fails without a failed test counts as one.
  return succeeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

async function runStep(step: Step, cache: string): Promise<Outcome> {
  const { name, inputs, results } = step;
  const record = join(cache, `${name.toLowerCase().replaceAll(' ', '-')}.sha256`);
  const hash = inputs && (await hashInputs(inputs));
  const unchanged =
    !process.env.CI && hash !== undefined && existsSync(record) && readFileSync(record, 'utf8') === hash;
  if (unchanged) return { name, output: '', seconds: 0, unchanged, passed: 1, failed: 0, skipped: 0, failures: [] };
  if (results) rmSync(results.file, { force: true });
  const start = performance.now();
  const { output, succeeded } = await execute(step);
  const seconds = (performance.now() - start) / 1000;
  if (hash && succeeded) {
    mkdirSync(dirname(record), { recursive: true });
    writeFileSync(record, hash);
  }
  return { name, output, seconds, unchanged, ...count(step, succeeded) };
}

/** One line, and above it what a step that has failed has printed. */
function report({ name, output, seconds, unchanged, passed, failed, skipped }: Outcome, runsTests: boolean): void {
  if (failed > 0) console.log(`\n== ${name}\n${output.trimEnd()}`);
  const tests = runsTests ? `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}` : '';
  const verdict = failed > 0 ? 'failed' : unchanged ? 'unchanged' : 'ok';
  console.log(`${name}: ${tests || verdict} (${seconds.toFixed(0)} s)`);
}

const LONGEST_ERROR = 400;

/** The steps and tests that have failed, each with the beginning of its error: what the end of a log has to say. */
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
 * Runs steps in their order as soon as what they come after has ended, and reports each as it ends.
 * @param cache folder that remembers the inputs of those that passed
 */
export async function runSteps(
  steps: readonly Step[],
  cache = join(root, 'node_modules/.cache/digit-recognizer'),
): Promise<Outcome[]> {
  const limit = Math.max(2, availableParallelism());
  const waiting = [...steps];
  const outcomes: Outcome[] = [];
  const ended = (name: string): boolean => outcomes.some((outcome) => outcome.name === name);
  let running = 0;
  return new Promise((resolve, reject) => {
    const startNext = (): void => {
      while (running < limit) {
        const index = waiting.findIndex(
          ({ after }) => !after || ended(after) || !steps.some(({ name }) => name === after),
        );
        if (index < 0) break;
        const [step] = waiting.splice(index, 1);
        running += 1;
        runStep(step, cache).then((outcome) => {
          running -= 1;
          outcomes.push(outcome);
          report(outcome, step.results !== undefined);
          startNext();
        }, reject);
      }
      if (running === 0 && waiting.length === 0) resolve(outcomes);
    };
    startNext();
  });
}
