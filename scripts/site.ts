/**
 * `npm run build:site`: builds the site from the built package: the demo page with a copy of the package, as a site owner
 * would install it, and the Storybook. Everything is static, with relative paths, for any folder of any host.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build as bundle } from 'esbuild';
import { build } from 'vite';
import { root, run } from './setup.js';

export const siteFolder = join(root, 'site');

/** @throws {Error} when the package is not built */
export async function buildSite(): Promise<void> {
  const built = join(root, 'dist/cdn');
  if (!existsSync(built)) throw new Error('There is no built package in dist/cdn. Run: npm run build');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  cpSync(built, join(siteFolder, 'cdn'), { recursive: true });
  await buildServiceWorker();
  run('npx', ['storybook', 'build', '--disable-telemetry', '--quiet', '--output-dir', join(siteFolder, 'storybook')]);
}

/** Largest file to cache for offline use: ONNX Runtime, for custom models, is larger. */
const largestOffline = 1_000_000;

/** Builds the service worker with the list of files to cache, and a version that changes with them. */
async function buildServiceWorker(): Promise<void> {
  const files = readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(siteFolder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= largestOffline)
    .filter((path) => !path.includes('social-card'))
    .sort();
  const hash = createHash('sha256');
  for (const path of files) hash.update(readFileSync(path));
  const names = files.map((path) => `./${relative(siteFolder, path).split(sep).join('/')}`);
  await bundle({
    entryPoints: [join(root, 'demo/offline.ts')],
    outfile: join(siteFolder, 'offline.js'),
    bundle: true,
    format: 'iife',
    target: 'es2022',
    define: {
      FILES: JSON.stringify(['./', ...names]),
      VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
    },
  });
}

if (process.argv[1] === import.meta.filename) await buildSite();
