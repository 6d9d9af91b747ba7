/** How large the package is as a download, and once it is installed with what it depends on. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../setup.js';

/** @param {string} folder @returns {number} bytes of its files, but for packages nested in it */
function folderBytes(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return sum + statSync(path).size;
    return entry.name === 'node_modules' ? sum : sum + folderBytes(path);
  }, 0);
}

/** Where Node would find a package. @param {string} name @param {string} from a folder @returns {string} */
function findPackage(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) throw new Error(`The dependency ${name} is not installed. Run: npm ci`);
  }
}

/** @param {string} folder of a package @param {Set<string>} found folders of what it depends on are added */
function collectDependencies(folder, found) {
  const { dependencies = {} } = /** @type {{ dependencies?: Record<string, string> }} */ (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  );
  for (const name of Object.keys(dependencies)) {
    const dependency = findPackage(name, folder);
    if (found.has(dependency)) continue;
    found.add(dependency);
    collectDependencies(dependency, found);
  }
}

/** @returns {{ packed: number, unpacked: number, dependencies: { name: string, bytes: number }[], installed: number }} bytes */
export function measureInstalled() {
  const [{ size, unpackedSize }] = /** @type {[{ size: number, unpackedSize: number }]} */ (
    JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )
  );
  /** @type {Set<string>} */
  const folders = new Set();
  collectDependencies(root, folders);
  const dependencies = [...folders].map((folder) => ({
    name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
    bytes: folderBytes(folder),
  }));
  const installed = dependencies.reduce((sum, { bytes }) => sum + bytes, unpackedSize);
  return { packed: size, unpacked: unpackedSize, dependencies, installed };
}
