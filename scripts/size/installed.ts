/** How large the package is as a download, and once it is installed with its dependencies. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sum } from 'd3-array';
import { root } from '../setup.js';

/** Of a package's files, without packages nested in it. */
const folderBytes = (folder: string): number =>
  sum(readdirSync(folder, { withFileTypes: true }), (entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return statSync(path).size;
    return entry.name === 'node_modules' ? 0 : folderBytes(path);
  });

/** Where Node would find a package. */
function findPackage(name: string, from: string): string {
  const found = join(from, 'node_modules', name);
  if (existsSync(found)) return found;
  if (from === dirname(from)) throw new Error(`The dependency ${name} is not installed. Run: npm ci`);
  return findPackage(name, dirname(from));
}

/** Adds the folders of what a package depends on. */
function collectDependencies(folder: string, found = new Set<string>()): Set<string> {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(dependencies).map((name) => findPackage(name, folder))) {
    if (!found.has(dependency)) collectDependencies(dependency, found.add(dependency));
  }
  return found;
}

/** In bytes. */
export function measureInstalled() {
  const [{ size, unpackedSize }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ size: number; unpackedSize: number }];
  const dependencies = [...collectDependencies(root)].map((folder) => ({
    name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
    bytes: folderBytes(folder),
  }));
  const installed = unpackedSize + sum(dependencies, ({ bytes }) => bytes);
  return { packed: size, unpacked: unpackedSize, dependencies, installed };
}
