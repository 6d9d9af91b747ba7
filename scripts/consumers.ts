/** Tests the package as it is packed, in projects that use it: `npm run test:consumers -- --help`. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './consumers/npm.js';
import { listProjects, selectProjects, type Project } from './consumers/projects.js';
import { runProject, type Row } from './consumers/run-project.js';
import { root } from './setup.js';
import { alignColumns } from './shared/align-columns.js';
import { flag, parseCommandLine, pathOf, runCommand, UsageError, writeResults } from './shared/command-line.js';

const usage = `Installs the packed package into the projects of test/consumers, builds each with its own tool, draws ten digits on its
page in a browser, and checks what it reads.

Usage: npm run test:consumers -- [options] [project ...]

Which projects (all, unless named)
  --core                those that continuous integration runs
  --list                only print their names

How
  --tarball FILE        test this one instead of packing the working tree
  --keep                keep the copies of the projects, and print where they are

What comes out
  --json FILE           the table as data; results/consumers.json without it
  --help                this text

The exit code is 1 when a project fails.`;

type Options = ReturnType<typeof parseOptions>;

function parseOptions(args: string[], folder: string) {
  const { values, positionals: names } = parseCommandLine({
    args,
    allowPositionals: true,
    options: {
      help: flag,
      list: flag,
      core: flag,
      keep: flag,
      tarball: { type: 'string' },
      json: { type: 'string' },
    },
  });
  if (values.core && names.length > 0) throw new UsageError('Name projects or give --core, not both.');
  return { ...values, tarball: pathOf(folder, values.tarball), json: pathOf(folder, values.json), names };
}

/**
 * Builds and packs the working tree.
 * @returns path of the tarball
 */
async function pack(folder: string): Promise<string> {
  await npm(['pack', '--pack-destination', folder], root);
  const [name] = readdirSync(folder);
  return join(folder, name);
}

/** Formats a line per row, and below them what went wrong. */
function formatTable(rows: readonly Row[]): string {
  const right = ({ readings }: Row) =>
    readings.length > 0 ? `${readings.filter(({ digit, answer }) => digit === answer).length}/${readings.length}` : '';
  const failed = rows.filter(({ problems }) => problems.length > 0);
  const lines = alignColumns([
    ['project', 'run', 'right', 's', ''],
    ...rows.map((row) => [
      ...[row.project, row.run, right(row), String(row.seconds)],
      failed.includes(row) ? 'failed' : 'passed',
    ]),
  ]);
  return [
    ...lines,
    ...failed.map(({ project, run, problems }) => `\n${project}, ${run}:\n${problems.join('\n')}`),
  ].join('\n');
}

async function testConsumers({ tarball, json, keep }: Options, projects: readonly Project[]): Promise<boolean> {
  const workshop = mkdtempSync(join(tmpdir(), 'digit-recognizer-consumers-'));
  const remove = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.on('exit', () => {
    if (keep) console.error(`The projects are in ${workshop}`);
    else remove(workshop);
  });
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));

  mkdirSync(join(workshop, 'packed'));
  const packed = tarball ?? (await pack(join(workshop, 'packed')));
  const rows: Row[] = [];
  for (const project of projects) {
    console.error(`  ${project.title} …`);
    rows.push(...(await runProject(project, packed, workshop)));
    if (!keep) remove(join(workshop, project.name));
  }
  console.log(formatTable(rows));
  writeResults('consumers', { rows }, json);
  return rows.every(({ problems }) => problems.length === 0);
}

await runCommand(usage, parseOptions, async (options) => {
  const projects = selectProjects(listProjects(), options);
  if (!options.list) return testConsumers(options, projects);
  console.log(projects.map(({ name, title }) => `${name.padEnd(20)}${title}`).join('\n'));
  return true;
});
