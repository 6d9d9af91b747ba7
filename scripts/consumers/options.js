/** The command line of `npm run test:consumers`. */
import { resolve } from 'node:path';
import { parseCommandLine, UsageError } from '../command-line.js';

export const usage = `Installs the packed package into the projects of test/consumers, builds each with its own tool, draws the same ten
digits on its page in a browser, and compares what it reads.

Usage: npm run test:consumers -- [options] [project ...]

Which projects (all, unless named)
  --core                those that continuous integration runs
  --list                only tell their names

How
  --tarball FILE        test this one instead of packing the working tree
  --keep                leave the projects where they were built, and tell where

What comes out
  --json FILE           the table as data; results/consumers.json without it
  --help                this text

The exit code is 1 when a project fails.`;

/**
 * @typedef {object} Options
 * @property {boolean} help
 * @property {boolean} list
 * @property {boolean} core
 * @property {boolean} keep
 * @property {string | null} tarball absolute path
 * @property {string | null} json absolute path
 * @property {readonly string[]} names of projects; none means all
 */

/**
 * @param {string[]} args the command line without node and the script
 * @param {string} folder that relative paths count from
 * @returns {Options}
 * @throws {UsageError}
 */
export function parseOptions(args, folder) {
  const { values, positionals } = parseCommandLine({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      core: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      tarball: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const { help, list, core, keep, tarball, json } = values;
  if (core && positionals.length > 0) throw new UsageError('Name projects or give --core, not both.');
  return {
    help,
    list,
    core,
    keep,
    tarball: tarball === undefined ? null : resolve(folder, tarball),
    json: json === undefined ? null : resolve(folder, json),
    names: positionals,
  };
}
