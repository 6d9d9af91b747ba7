/** The size of the package as a download, and installed with its dependencies. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sum } from 'd3-array';
import { globSync } from 'tinyglobby';
import { root } from '../setup.js';

const npm = (...args: string[]): string =>
  execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The size of a package's files, without packages nested in it. */
const folderBytes = (folder: string): number =>
  sum(
    globSync('**', { cwd: folder, dot: true, ignore: '**/node_modules/**' }),
    (path) => statSync(join(folder, path)).size,
  );

/** In bytes. */
export function measureInstalled() {
  const [{ size, unpackedSize }] = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts')) as [
    { size: number; unpackedSize: number },
  ];
  // As locked: a package that was removed may still be installed here.
  const folders = npm('ls', '--omit=dev', '--all', '--parseable', '--package-lock-only').trim().split('\n').slice(1);
  const dependencies = folders.map((folder) => ({
    name: relative(join(root, 'node_modules'), folder),
    bytes: folderBytes(folder),
  }));
  const installed = unpackedSize + sum(dependencies, ({ bytes }) => bytes);
  return { packed: size, unpacked: unpackedSize, dependencies, installed };
}
