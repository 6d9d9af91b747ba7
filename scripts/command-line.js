/** What the commands with options have in common. */
import { parseArgs } from 'node:util';

/** @import { ParseArgsConfig } from 'node:util' */

/** The command line is not one that can be obeyed. */
export class UsageError extends Error {}

/**
 * @template {ParseArgsConfig} Config
 * @param {Config} config
 * @returns {ReturnType<typeof parseArgs<Config>>}
 * @throws {UsageError}
 */
export function parseCommandLine(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message, { cause: error });
  }
}

/**
 * Runs a command: help where that is asked for, a clear message where it fails, and an exit code.
 *
 * @template {{ help: boolean }} Options
 * @param {object} command
 * @param {string} command.usage
 * @param {(args: string[], folder: string) => Options} command.parseOptions of the command line without node and the
 *   script; relative paths count from `folder`
 * @param {(options: Options) => Promise<boolean>} command.run whether all went well
 */
export async function runCommand({ usage, parseOptions, run }) {
  try {
    // npm runs scripts in the package's folder; paths count from where the person stands.
    const options = parseOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
    if (options.help) console.log(usage);
    else if (!(await run(options))) process.exitCode = 1;
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = 1;
  }
}
