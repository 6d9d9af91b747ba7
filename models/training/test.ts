/** Runs the tests of the training's Python code: `npm run test:training -- --help`. */
import { join } from 'node:path';
import { flag, parseCommandLine, runCommand } from '../../scripts/shared/command-line.js';
import { ensurePython, run, trainingFolder } from './python.js';

const usage = `Runs the tests of the training's Python code, in the environment that npm run train uses, which is created first if it
is missing.

Usage: npm run test:training -- [options] [test ...]

  test                  a part of its name, as Export or Training.test_learns; all of them unless named
  --help                this text`;

function parseOptions(args: string[]) {
  const { values, positionals: names } = parseCommandLine({ args, allowPositionals: true, options: { help: flag } });
  return { ...values, names };
}

await runCommand(usage, parseOptions, ({ names }) => {
  const some = names.flatMap((name) => ['-k', name]);
  run(ensurePython(), ['-m', 'unittest', 'discover', '-s', join(trainingFolder, 'tests'), ...some]);
  return true;
});
