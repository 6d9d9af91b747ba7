/**
 * Makes the site from the built package: the demo page with the package beside it, as a site owner would put it, and
 * the Storybook. Everything is static, and the paths are relative, so that any folder of any host will do.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root, run } from './setup.js';

/** Where the site is made. */
export const siteFolder = join(root, 'site');

/** @throws {Error} when the package is not built */
export function buildSite() {
  const built = join(root, 'dist/cdn');
  if (!existsSync(built)) throw new Error('There is no built package in dist/cdn. Run: npm run build');
  rmSync(siteFolder, { recursive: true, force: true });
  cpSync(join(root, 'demo'), siteFolder, { recursive: true });
  cpSync(join(root, 'models/figures/compact-mistakes.svg'), join(siteFolder, 'mistakes.svg'));
  cpSync(built, join(siteFolder, 'cdn'), { recursive: true });
  nameOfflineFiles();
  run('npx', ['storybook', 'build', '--disable-telemetry', '--quiet', '--output-dir', join(siteFolder, 'storybook')]);
}

/** Largest file that is kept for when there is no network: the reference network is fetched only when it is chosen. */
const largestOffline = 1_000_000;

/** Writes into the service worker what it keeps of the demo page and the package. */
function nameOfflineFiles() {
  const files = readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(siteFolder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= largestOffline)
    .filter((path) => !/\.map$|offline\.js$|social-card/.test(path));
  const hash = createHash('sha256');
  for (const path of files) hash.update(readFileSync(path));
  const names = ['./', ...files.map((path) => `./${relative(siteFolder, path).split(sep).join('/')}`)];
  const worker = join(siteFolder, 'offline.js');
  const code = readFileSync(worker, 'utf8')
    .replace(`'["FILES"]'`, JSON.stringify(JSON.stringify(names)))
    .replace('VERSION', hash.digest('hex').slice(0, 12));
  writeFileSync(worker, code);
}

if (process.argv[1] === import.meta.filename) buildSite();
