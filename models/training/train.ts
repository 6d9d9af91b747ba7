/**
 * `npm run train -- [options]`: creates the Python environment and the arrays, trains the models in `models` further, and
 * writes them with their learning curves and the catalog.
 *
 * --strokes FILE   drawn digits for training and validation, split by writer and donor: pendigits-orig.tra or a stroke file (repeatable)
 * --nondigits FILE characters that are non-digits, for training and validation, split alike, or by alphabet (repeatable)
 * --measure FILE   stroke file for testing only (repeatable)
 * --model NAME     compact, reference or all (default)
 * --quick          under ten minutes, to show that it works; writes to .cache/quick and leaves the shipped models alone
 * --resume         resumes the last run of the same kind
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare, type Amounts } from './data/prepare.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const MODELS = ['compact', 'reference', 'all'];
const FULL: Amounts = {
  variants: { pen: 10, unipen: 20, letters: 2, alphabets: 6, validation: 2 },
  templates: 120_000,
  drawings: 90_000,
  touching: 11_000,
  scans: 16_000,
};
const QUICK: Amounts = {
  variants: { pen: 2, unipen: 2, letters: 0, alphabets: 1, validation: 1 },
  templates: 10_000,
  drawings: 5_000,
  touching: 500,
  scans: 1_000,
};

function run(command: string, commandArguments: readonly string[], environment: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(command, commandArguments, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (error) throw new Error(`${command} could not be started: ${error.message}.`, { cause: error });
  if (status !== 0) throw new Error(`${command} ${commandArguments[0] ?? ''} failed with status ${status}.`);
}

/** Returns the Python of `.venv`, which is created from requirements.txt if it is missing or outdated. */
function ensurePython(): string {
  const environment = join(here, '.venv');
  const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const requirements = join(here, 'requirements.txt');
  const stamp = join(environment, 'requirements.installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  run(process.env.PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3'), ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--requirement', requirements]);
  writeFileSync(stamp, wanted);
  return python;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      strokes: { type: 'string', multiple: true, default: [] },
      measure: { type: 'string', multiple: true, default: [] },
      nondigits: { type: 'string', multiple: true, default: [] },
      model: { type: 'string', default: 'all' },
      quick: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
    },
  });

  if (!MODELS.includes(values.model)) {
    throw new Error(`There is no model "${values.model}". --model takes one of these: ${MODELS.join(', ')}.`);
  }
  const python = ensurePython();
  const cache = join(here, '.cache', values.quick ? 'quick' : 'full');
  const arrays = join(cache, 'arrays');
  const output = values.quick ? join(cache, 'models') : resolve(here, '..');
  mkdirSync(output, { recursive: true });
  const measured = prepare({
    folder: arrays,
    strokes: values.strokes.map((path) => resolve(path)),
    measure: values.measure.map((path) => resolve(path)),
    nondigits: values.nondigits.map((path) => resolve(path)),
    amounts: values.quick ? QUICK : FULL,
  });
  run(
    python,
    [
      ...['-m', 'digit_training', '--arrays', arrays, '--runs', join(cache, 'runs')],
      ...['--models', resolve(here, '..'), '--output', output, '--model', values.model],
      ...(measured.length > 0 ? ['--measure', ...measured] : []),
      ...(values.quick ? ['--quick'] : []),
      ...(values.resume ? ['--resume'] : []),
    ],
    { PYTHONPATH: here },
  );
  if (!values.quick) run(process.execPath, ['--import', 'tsx', join(here, '../compile/compile.ts')]);
}

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
