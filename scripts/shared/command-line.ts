/** What the commands have in common. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { root } from '../setup.js';

/** The command line is invalid. */
export class UsageError extends Error {}

export const flag = { type: 'boolean', default: false } as const;

/** `parseArgs`, whose errors are {@link UsageError}s. */
export function parseCommandLine<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** @throws {UsageError} unless the value is one of the choices */
export function oneOf<Choice extends string>(option: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((each) => each === value);
  if (!choice) throw new UsageError(`--${option} must be ${choices.join(' or ')}, not "${value}".`);
  return choice;
}

/** @throws {UsageError} unless the value is a whole number from `least` */
export function wholeNumber(option: string, value: string, least: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`--${option} must be a whole number from ${least}, not "${value}".`);
}

/** A path from the repository's root, with slashes, on Windows too: patterns and rules name files so. */
export const repositoryPath = (folder: string, path: string): string =>
  relative(root, resolve(folder, path)).split(sep).join('/');

/** An absolute path; null if the option was not given. */
export const pathOf = (folder: string, value: string | undefined) =>
  value === undefined ? null : resolve(folder, value);

/** @throws {Error} unless there is a built package */
export function ensureBuilt(): void {
  if (!existsSync(join(root, 'dist/cdn/digit-recognizer.js'))) {
    throw new Error('There is no built package in dist/cdn. Run: npm run build');
  }
}

/** Writes results as JSON, to `results/NAME.json` unless another file is given. */
export function writeResults(name: string, results: unknown, file?: string | null): void {
  const path = file ?? join(root, `results/${name}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}

/**
 * Runs a command: prints its help when asked to, a clear message when it fails, and sets the exit code.
 * @param parseOptions takes the arguments and the folder that relative paths start from
 * @param run returns whether everything went well
 */
export async function runCommand<Options extends { readonly help: boolean }>(
  usage: string,
  parseOptions: (args: string[], folder: string) => Options,
  run: (options: Options) => boolean | Promise<boolean>,
): Promise<void> {
  try {
    // npm runs scripts in the package's folder, users give paths relative to where they are.
    const options = parseOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
    if (options.help) console.log(usage);
    else if (!(await run(options))) process.exitCode = 1;
  } catch (error) {
    console.error((error as Error).message);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = 1;
  }
}
