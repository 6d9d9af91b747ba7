/** Pages that the tools open in a browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './setup.js';

/**
 * Makes a folder with a page, `index.html`, and a module bundled for it, `script.js`.
 * @param entry of the module, relative to the repository's root
 * @param external imports that the page resolves itself
 */
export async function createPageFolder(entry: string, { head = '', external = [] as string[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'digit-recognizer-page-'));
  await build({
    entryPoints: [join(root, entry)],
    outfile: join(folder, 'script.js'),
    external,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Page</title><link rel="icon" href="data:,">${head}<body></body></html>`,
  );
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
