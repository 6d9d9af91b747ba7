/** Installs the package into a copy of a project, builds and serves it, and uses its page. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../shared/launch-chromium.js';
import { serveFolders, type Server } from '../shared/serve-folders.js';
import { tryForm } from './form.js';
import { npm, startServer, type ConsumerServer } from './npm.js';
import { mistakes, readers, watch, type Reading } from './page.js';
import type { Project, Run } from './projects.js';

/** A row of the table. */
export interface Row {
  readonly project: string;
  readonly run: string;
  readonly readings: readonly Reading[];
  readonly problems: readonly string[];
  /** The first run of a project includes its installation. */
  readonly seconds: number;
}

/**
 * @param workshop the folder that holds the copies
 * @returns one per run
 */
export async function runProject(project: Project, tarball: string, workshop: string): Promise<Row[]> {
  const folder = join(workshop, project.name);
  let began = performance.now();
  cpSync(project.folder, folder, { recursive: true });
  const problems: string[] = [];
  await npm(['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], folder).catch((error: unknown) => {
    problems.push(describe(error));
  });
  const rows: Row[] = [];
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

const describe = (error: unknown) => (error instanceof Error ? error.message : String(error));

type Attempt = Pick<Row, 'readings' | 'problems'>;

async function attempt(run: Run, folder: string): Promise<Attempt> {
  try {
    if (run.script) await npm(['run', run.script], folder);
    return run.reads === 'nothing' ? { readings: [], problems: [] } : await visit(run, run.reads, folder);
  } catch (error) {
    return { readings: [], problems: [describe(error)] };
  }
}

async function serve(
  { folder: served, server, path = '/', policy }: Run,
  folder: string,
): Promise<Server | ConsumerServer> {
  if (server) return startServer(server, folder);
  return serveFolders({ [path]: join(folder, served ?? '.') }, policy ? { contentSecurityPolicy: policy } : {});
}

/** Has the page read the ten digits in a fresh browser, and again without the server where it is to work offline. */
async function visit(run: Run, reads: keyof typeof readers, folder: string): Promise<Attempt> {
  await using server = await serve(run, folder);
  using cdn = run.cdn ? await serveFolders({ '/': join(folder, 'node_modules') }) : null;
  const rules = cdn ? [`--host-resolver-rules=MAP ${run.cdn}:80 ${new URL(cdn.origin).host}`] : [];
  await using browser = await launchChromium(rules);
  const page = await browser.newPage();
  const complaints = watch(page, [server.origin, ...(run.cdn ? [`http://${run.cdn}`] : [])]);
  await page.goto(`${server.origin}${run.path ?? '/'}`);
  const readings = await read(page, reads);
  if (run.offline) {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await server.close();
    await page.context().setOffline(true);
    await page.reload();
    readings.push(...(await read(page, reads)));
  }
  const disagreements = run.form ? await tryForm(page) : [];
  return { readings, problems: [...mistakes(readings), ...disagreements, ...complaints] };
}

async function read(page: Page, reads: keyof typeof readers): Promise<Reading[]> {
  // A development server may reload the page once it has found all that the page needs.
  await page.waitForLoadState('networkidle');
  return readers[reads](page);
}
