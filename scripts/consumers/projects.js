/** The projects of test/consumers, each with what its `consumer.json` says of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.js';
import { UsageError } from '../command-line.js';

/**
 * One way of using a project: what is run, what is served, and how the page is asked for digits.
 * @typedef {object} Run
 * @property {string} name of the row
 * @property {string} [script] npm script that must end well first
 * @property {string} [folder] of the project to be served as a static host would
 * @property {string} [path] that the folder is served below: `/` without it
 * @property {string} [server] npm script that serves the page, instead of a static host; it is given `--port`
 * @property {string} [cdn] name of a host that serves the installed packages, as CDNs do
 * @property {string} [policy] Content-Security-Policy of the static host: the least that the README promises, without it
 * @property {boolean} [offline] whether the page is visited once more with the server gone
 * @property {'pad' | 'strokes' | 'nothing'} reads
 *   `pad`: drawn on the element, and read where the page writes it, `#answer`; `strokes`: by the page's `readDigit(strokes)`;
 *   `nothing`: the script alone must end well
 */

/**
 * @typedef {object} Project
 * @property {string} name
 * @property {string} folder
 * @property {string} title
 * @property {boolean} core whether continuous integration runs it
 * @property {readonly Run[]} runs
 */

export const consumers = join(root, 'test/consumers');

/** @returns {Project[]} by name */
export function listProjects() {
  return readdirSync(consumers, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(consumers, entry.name, 'consumer.json')))
    .map(({ name }) => {
      const folder = join(consumers, name);
      const description = /** @type {Omit<Project, 'name' | 'folder'>} */ (
        JSON.parse(readFileSync(join(folder, 'consumer.json'), 'utf8'))
      );
      return { name, folder, ...description };
    });
}

/**
 * @param {readonly Project[]} projects
 * @param {{ core: boolean, names: readonly string[] }} options
 * @returns {readonly Project[]}
 * @throws {UsageError} for a name that is none
 */
export function selectProjects(projects, { core, names }) {
  const unknown = names.find((name) => !projects.some((project) => project.name === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no project "${unknown}" in test/consumers: ${projects.map(({ name }) => name).join(', ')}.`,
    );
  }
  return projects.filter((project) => (names.length > 0 ? names.includes(project.name) : !core || project.core));
}
