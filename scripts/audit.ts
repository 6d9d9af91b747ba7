/**
 * `npm run audit:site`: audits the demo page of the built site with Lighthouse, as on a phone and on a desktop. Prints a
 * table, writes results/audit-mobile.json and results/audit-desktop.json, and exits with 1 when a score is below 95.
 *
 * Lighthouse is fetched on first use: it is as large as everything else that the tests need.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { globSync } from 'tinyglobby';
import { serveFiles } from './bench/serve-files.js';
import { root } from './setup.js';
import { alignColumns } from './shared/align-columns.js';
import { browserArguments } from './shared/browser-options.js';
import { ensureBrowser } from './shared/find-browser.js';

interface Report {
  readonly categories: Record<string, { title: string; score: number | null }>;
  readonly audits: Record<string, { title: string; displayValue?: string }>;
}

const lighthouse = 'lighthouse@12.8.2';
const siteFolder = join(root, 'site');
const leastScore = 0.95;
const devices = { mobile: [], desktop: ['--preset=desktop'] };

/** Metrics to show beside the scores. */
const shown = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

async function audit(url: string, device: string, options: readonly string[]): Promise<Report> {
  const file = join(root, `results/audit-${device}.json`);
  const flags = `--chrome-flags=${['--headless=new', ...browserArguments].join(' ')}`;
  const output = ['--quiet', '--output=json', `--output-path=${file}`];
  await promisify(execFile)('npx', ['--yes', lighthouse, url, flags, ...output, ...options], {
    cwd: root,
    env: { ...process.env, CHROME_PATH: ensureBrowser() },
  });
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

if (!existsSync(join(siteFolder, 'index.html'))) {
  console.error('There is no built site. Run: npm run build && npm run build:site');
  process.exit(1);
}
mkdirSync(join(root, 'results'), { recursive: true });
const paths = globSync('**', { cwd: siteFolder, ignore: 'storybook/**', dot: true });
using server = await serveFiles(new Map(paths.map((path) => [`/${path}`, readFileSync(join(siteFolder, path))])));
const reports: Report[] = [];
for (const [device, options] of Object.entries(devices)) {
  reports.push(await audit(`${server.origin}/`, device, options));
}
const [{ categories, audits }] = reports;
const table = [
  ['', ...Object.keys(devices)],
  ...Object.entries(categories).map(([id, { title }]) => [
    title,
    ...reports.map((report) => String(Math.round((report.categories[id].score ?? 0) * 100))),
  ]),
  ...shown.map((id) => [audits[id].title, ...reports.map((report) => report.audits[id].displayValue ?? '')]),
];
console.log(`\n${alignColumns(table).join('\n')}\n`);
const scores = reports.flatMap((report) => Object.values(report.categories).map(({ score }) => score ?? 0));
if (scores.some((score) => score < leastScore)) process.exitCode = 1;
