/** Tests the package as it is packed, in projects that use it: `npm run test:consumers -- --help`. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from './command-line.js';
import { npm } from './consumers/npm.js';
import { parseOptions, usage } from './consumers/options.js';
import { listProjects, selectProjects } from './consumers/projects.js';
import { runProject } from './consumers/run-project.js';
import { formatTable } from './consumers/table.js';
import { root } from './setup.js';

/** @import { Options } from './consumers/options.js' */
/** @import { Project } from './consumers/projects.js' */
/** @import { Row } from './consumers/run-project.js' */

/**
 * Builds and packs the working tree.
 * @param {string} folder
 * @returns {Promise<string>} path of the tarball
 */
async function pack(folder) {
  await npm(['pack', '--pack-destination', folder], root);
  const [name] = readdirSync(folder);
  return join(folder, name);
}

/**
 * @param {Options} options
 * @param {readonly Project[]} projects
 * @returns {Promise<boolean>} whether all went well
 */
async function testConsumers({ tarball, json, keep }, projects) {
  const workshop = mkdtempSync(join(tmpdir(), 'digit-recognizer-consumers-'));
  process.on('exit', () => {
    if (keep) console.error(`The projects are in ${workshop}`);
    else rmSync(workshop, { recursive: true, force: true, maxRetries: 3 });
  });
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));

  mkdirSync(join(workshop, 'packed'));
  const packed = tarball ?? (await pack(join(workshop, 'packed')));
  /** @type {Row[]} */
  const rows = [];
  for (const project of projects) {
    console.error(`  ${project.title} …`);
    rows.push(...(await runProject(project, packed, workshop)));
    if (!keep) rmSync(join(workshop, project.name), { recursive: true, force: true, maxRetries: 3 });
  }
  console.log(formatTable(rows));
  const file = json ?? join(root, 'results/consumers.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ rows }, null, 2)}\n`);
  return rows.every(({ problems }) => problems.length === 0);
}

await runCommand(usage, parseOptions, async (options) => {
  const projects = selectProjects(listProjects(), options);
  if (!options.list) return testConsumers(options, projects);
  console.log(projects.map(({ name, title }) => `${name.padEnd(20)}${title}`).join('\n'));
  return true;
});
