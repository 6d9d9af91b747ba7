/** Trains the models in `models` further: `npm run train -- --help`. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from '../../scripts/shared/command-line.js';
import { prepare, type Amounts } from './data/prepare.js';
import { parseOptions, usage, type Options } from './options.js';
import { ensurePython, run, trainingFolder } from './python.js';

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

async function train({ strokes, measure, nondigits, model, quick, resume }: Options) {
  const python = ensurePython();
  const models = resolve(trainingFolder, '..');
  const cache = join(trainingFolder, '.cache', quick ? 'quick' : 'full');
  const arrays = join(cache, 'arrays');
  const output = quick ? join(cache, 'models') : models;
  mkdirSync(output, { recursive: true });
  const amounts = quick ? QUICK : FULL;
  const measured = await prepare({ folder: arrays, strokes, measure, nondigits, amounts });
  run(
    python,
    [
      ...['-m', 'digit_training', '--arrays', arrays, '--runs', join(cache, 'runs')],
      ...['--models', models, '--output', output, '--model', model],
      ...(measured.length > 0 ? ['--measure', ...measured] : []),
      ...(quick ? ['--quick'] : []),
      ...(resume ? ['--resume'] : []),
    ],
    { PYTHONPATH: trainingFolder },
  );
  if (!quick) run(process.execPath, ['--import', 'tsx', join(models, 'compile/compile.ts')]);
  return true;
}

await runCommand(usage, parseOptions, train);
