/** Installs the package into a copy of a project, builds it, serves it and asks its page. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { serveFolders } from '../serve-folders.js';
import { npm, startServer } from './npm.js';
import { launchBrowser, mistakes, readers, watch } from './page.js';

/** @import { Page } from 'playwright-core' */
/** @import { Project, Run } from './projects.js' */
/** @import { Reading } from './page.js' */

/**
 * A row of the table.
 * @typedef {object} Row
 * @property {string} project
 * @property {string} run
 * @property {readonly Reading[]} readings
 * @property {readonly string[]} problems none when all is well
 * @property {number} seconds that it took, the installation with the first run of a project
 */

/**
 * @param {Project} project
 * @param {string} tarball
 * @param {string} workshop the folder that holds the copies
 * @returns {Promise<Row[]>} one per run
 */
export async function runProject(project, tarball, workshop) {
  const folder = join(workshop, project.name);
  let began = performance.now();
  cpSync(project.folder, folder, { recursive: true });
  /** @type {string[]} */
  const problems = [];
  await npm(['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], folder).catch((error) => {
    problems.push(describe(error));
  });
  /** @type {Row[]} */
  const rows = [];
  for (const run of project.runs) {
    const outcome = problems.length > 0 ? { readings: [], problems } : await attempt(run, folder);
    rows.push({
      project: project.title,
      run: run.name,
      ...outcome,
      seconds: Math.round((performance.now() - began) / 1000),
    });
    began = performance.now();
  }
  return rows;
}

/** @param {unknown} error */
const describe = (error) => (error instanceof Error ? error.message : String(error));

/**
 * @param {Run} run
 * @param {string} folder
 * @returns {Promise<Pick<Row, 'readings' | 'problems'>>}
 */
async function attempt(run, folder) {
  try {
    if (run.script) await npm(['run', run.script], folder);
    return run.reads === 'nothing' ? { readings: [], problems: [] } : await visit(run, run.reads, folder);
  } catch (error) {
    return { readings: [], problems: [describe(error)] };
  }
}

/**
 * @param {Run} run
 * @param {string} folder
 * @returns {Promise<{ origin: string, close(): void | Promise<void> }>}
 */
async function serve({ folder: served, server, path = '/', policy }, folder) {
  if (server) return startServer(server, folder);
  return serveFolders({ [path]: join(folder, served ?? '.') }, policy ? { contentSecurityPolicy: policy } : {});
}

/**
 * Opens the page in a fresh browser and has it read the ten digits; where it is to work offline, once more without server.
 * @param {Run} run
 * @param {keyof typeof readers} reads
 * @param {string} folder
 * @returns {Promise<Pick<Row, 'readings' | 'problems'>>}
 */
async function visit(run, reads, folder) {
  const server = await serve(run, folder);
  const cdn = run.cdn ? await serveFolders({ '/': join(folder, 'node_modules') }) : null;
  const hosts = run.cdn && cdn ? { [run.cdn]: new URL(cdn.origin).host } : {};
  const browser = await launchBrowser({ hosts });
  try {
    const page = await browser.newPage();
    const complaints = watch(page, [server.origin, ...Object.keys(hosts).map((host) => `http://${host}`)]);
    await page.goto(`${server.origin}${run.path ?? '/'}`);
    let readings = await ask(page, reads);
    if (run.offline) {
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
      });
      await server.close();
      await page.context().setOffline(true);
      await page.reload();
      readings = [...readings, ...(await ask(page, reads))];
    }
    return { readings, problems: [...mistakes(readings), ...complaints] };
  } finally {
    await browser.close();
    cdn?.close();
    await server.close();
  }
}

/**
 * @param {Page} page
 * @param {keyof typeof readers} reads
 */
async function ask(page, reads) {
  // A development server may load a page once more when it has found all that the page needs.
  await page.waitForLoadState('networkidle');
  return readers[reads](page);
}
