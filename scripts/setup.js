/**
 * Makes a fresh clone ready: installs the dependencies when node_modules does not match the lock file.
 * Uses nothing but Node itself, since it runs before anything is installed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const oldestNode = [20, 19];

/**
 * Runs a command in the repository's root with its output shown.
 * @param {string} command
 * @param {string[]} args
 */
export function run(command, args) {
  execFileSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}

function dependenciesAreCurrent() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  /** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }>} */
  const packages = (path) => {
    const lock = /** @type {{ packages: Record<string, { version?: string, optional?: boolean }> }} */ (
      JSON.parse(readFileSync(path, 'utf8'))
    );
    return lock.packages;
  };
  const present = packages(installed);
  return Object.entries(packages(join(root, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || wanted.optional || present[path]?.version === wanted.version,
  );
}

/** Installs the locked dependencies unless they are there already. Throws when Node is too old. */
export function ensureDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Error(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`);
  }
  if (!dependenciesAreCurrent()) run('npm', ['ci', '--no-audit', '--no-fund']);
}
