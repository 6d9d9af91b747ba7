/**
 * Makes the site from the built package: the demo page with the package beside it, as a site owner would put it, and
 * the Storybook. Everything is static, and the paths are relative, so that any folder of any host will do.
 */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './setup.js';

/** Where the site is made. */
export const siteFolder = join(root, 'site');

/** @throws {Error} when the package is not built */
export function buildSite() {
  const built = join(root, 'dist/cdn');
  if (!existsSync(built)) throw new Error('There is no built package in dist/cdn. Run: npm run build');
  rmSync(siteFolder, { recursive: true, force: true });
  cpSync(join(root, 'demo'), siteFolder, { recursive: true });
  cpSync(built, join(siteFolder, 'cdn'), { recursive: true });
  run('npx', ['storybook', 'build', '--disable-telemetry', '--quiet', '--output-dir', join(siteFolder, 'storybook')]);
}

if (process.argv[1] === import.meta.filename) buildSite();
