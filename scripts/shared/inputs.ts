/** Hashes what the outcome of a step depends on. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { globSync } from 'tinyglobby';
import { root } from '../setup.js';

export interface Inputs {
  /** Glob patterns of modules, which count with all that they import. */
  readonly modules: readonly string[];
  /** Glob patterns of files that are read in other ways. */
  readonly files?: readonly string[];
  /** Packages that are used other than by import. */
  readonly packages?: readonly string[];
  /** Glob patterns of modules that are imported, but never matter. */
  readonly ignored?: readonly string[];
}

/** @throws {Error} if a pattern matches nothing, since what was meant would no longer count */
const find = (folder: string, patterns: readonly string[]): string[] =>
  patterns.flatMap((pattern) => {
    const found = globSync(pattern, { cwd: folder });
    if (found.length === 0) throw new Error(`${pattern} matches no file.`);
    return found;
  });

/** @returns the modules with all files that they import, relative to the folder, and the packages that they import */
async function followImports(folder: string, patterns: readonly string[]) {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: find(folder, patterns),
    outdir: 'none',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const names = imports.flatMap(({ path, external }) => (external ? (/^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []) : []));
  return { files: Object.keys(metafile.inputs), packages: names };
}

/**
 * Hashes files by name and content, and packages by their locked versions.
 * @throws {Error} if one is missing
 */
export async function hashInputs(
  { modules, files = [], packages = [], ignored = [] }: Inputs,
  folder = root,
): Promise<string> {
  const imported = await followImports(folder, modules);
  const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Partial<Record<string, { version: string }>>;
  };
  const hash = createHash('sha256');
  const skipped = new Set(find(folder, ignored));
  for (const file of new Set([...imported.files, ...find(folder, files)].sort())) {
    if (skipped.has(file)) continue;
    hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  }
  for (const name of new Set([...imported.packages, ...packages].sort())) {
    if (isBuiltin(name)) continue;
    const entry = locked[`node_modules/${name}`];
    if (!entry) throw new Error(`${name} is not in package-lock.json.`);
    hash.update(`${name} ${entry.version}\n`);
  }
  return hash.digest('hex');
}
