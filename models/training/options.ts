/** The command line of `npm run train`. */
import { resolve } from 'node:path';
import { flag, oneOf, parseCommandLine } from '../../scripts/shared/command-line.js';

export const usage = `Creates the Python environment and the arrays, trains the models in models/ further, and writes them with their learning
curves and the catalog.

Usage: npm run train -- [options]

What to learn from (options with FILE may be given more than once)
  --strokes FILE        drawn digits for training and validation, split by writer and donor: pendigits-orig.tra or a
                        stroke file
  --nondigits FILE      characters that are non-digits, for training and validation, split alike, or by alphabet
  --measure FILE        stroke file for testing only

How
  --model NAME          compact, reference or all (default)
  --quick               under ten minutes, to show that it works; writes to .cache/quick and leaves the shipped models
                        alone
  --resume              resumes the last run of the same kind
  --help                this text`;

const files = { type: 'string', multiple: true, default: [] as string[] } as const;

export type Options = ReturnType<typeof parseOptions>;

/**
 * @param args of the command line, after the script's name
 * @param folder that relative paths are resolved against
 * @throws {UsageError}
 */
export function parseOptions(args: string[], folder: string) {
  const { values } = parseCommandLine({
    args,
    options: {
      help: flag,
      strokes: files,
      measure: files,
      nondigits: files,
      model: { type: 'string', default: 'all' },
      quick: flag,
      resume: flag,
    },
  });
  const absolute = (paths: readonly string[]) => paths.map((path) => resolve(folder, path));
  return {
    ...values,
    model: oneOf('model', values.model, ['compact', 'reference', 'all'] as const),
    strokes: absolute(values.strokes),
    measure: absolute(values.measure),
    nondigits: absolute(values.nondigits),
  };
}
