/** Leaves out of the package what TypeScript declares of modules that no entry point exposes. */
import { readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

/**
 * Deletes the declaration files that are not imported, directly or not, from those of the entry points.
 * @param folder of the package
 * @param entries glob patterns of the entry points' declaration files, relative to the folder
 */
export function dropUnreachableTypes(folder: string, entries: readonly string[]): void {
  const reachable = new Set<string>();
  const reach = (path: string): void => {
    if (reachable.has(path)) return;
    reachable.add(path);
    for (const { fileName } of ts.preProcessFile(readFileSync(path, 'utf8')).importedFiles) {
      if (fileName.startsWith('.')) reach(resolve(dirname(path), fileName.replace(/\.js$/, '.d.ts')));
    }
  };
  for (const path of globSync(entries, { cwd: folder, absolute: true })) reach(resolve(path));
  for (const path of globSync('dist/**/*.d.ts', { cwd: folder, absolute: true })) {
    if (!reachable.has(resolve(path))) rmSync(path);
  }
}
