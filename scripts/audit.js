/**
 * `npm run audit:site`: Lighthouse's audits of the demo page in the built site, as on a telephone and on a desk. Prints a
 * table, writes results/audit-mobile.json and results/audit-desktop.json, and ends with 1 when a score is below 95.
 *
 * Lighthouse is fetched when it is used: it is as large as all else that the project needs for its tests.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { alignColumns } from './align-columns.js';
import { serveFiles } from './bench/serve-files.js';
import { browserArguments, ensureBrowser } from './browser.js';
import { root } from './setup.js';
import { siteFolder } from './site.js';

/** @typedef {{ categories: Record<string, { title: string, score: number | null }>, audits: Record<string, { title: string, displayValue?: string }> }} Report */

const lighthouse = 'lighthouse@12.8.2';
const leastScore = 0.95;
const devices = /** @type {const} */ ({ mobile: [], desktop: ['--preset=desktop'] });

/** Times that are shown beside the scores. */
const shown = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

/** @returns {Map<string, Uint8Array>} the files of the site, but the Storybook's, by their paths */
function siteFiles() {
  const paths = readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(siteFolder, name))
    .filter((path) => statSync(path).isFile() && !path.startsWith(join(siteFolder, 'storybook', sep)));
  return new Map(paths.map((path) => [`/${relative(siteFolder, path).split(sep).join('/')}`, readFileSync(path)]));
}

/**
 * @param {string} url
 * @param {keyof typeof devices} device
 * @returns {Promise<Report>}
 */
async function audit(url, device) {
  const file = join(root, `results/audit-${device}.json`);
  const flags = ['--headless=new', ...browserArguments].join(' ');
  const output = ['--quiet', '--output=json', `--output-path=${file}`];
  const options = [`--chrome-flags=${flags}`, ...output, ...devices[device]];
  await promisify(execFile)('npx', ['--yes', lighthouse, url, ...options], {
    cwd: root,
    env: { ...process.env, CHROME_PATH: ensureBrowser() },
  });
  return /** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8')));
}

if (!existsSync(join(siteFolder, 'index.html'))) {
  console.error('There is no built site. Run: npm run build && npm run build:site');
  process.exit(1);
}
mkdirSync(join(root, 'results'), { recursive: true });
const server = await serveFiles(siteFiles(), { isolated: [] });
try {
  const names = /** @type {(keyof typeof devices)[]} */ (Object.keys(devices));
  /** @type {Report[]} */
  const reports = [];
  for (const name of names) reports.push(await audit(`${server.origin}/`, name));
  const categories = Object.keys(reports[0].categories);
  const table = [
    ['', ...names],
    ...categories.map((category) => [
      reports[0].categories[category].title,
      ...reports.map(({ categories: scored }) => String(Math.round((scored[category].score ?? 0) * 100))),
    ]),
    ...shown.map((id) => [reports[0].audits[id].title, ...reports.map(({ audits }) => audits[id].displayValue ?? '')]),
  ];
  console.log(`\n${alignColumns(table).join('\n')}\n`);
  const good = reports.every((report) => categories.every((id) => (report.categories[id].score ?? 0) >= leastScore));
  if (!good) process.exitCode = 1;
} finally {
  server.close();
}
