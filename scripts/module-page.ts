/** Pages that run a module of the repository in a browser, for a tool that calls what it exports. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launchChromium } from './browser.js';
import { serveFolders } from './serve-folders.js';
import { root } from './setup.js';

interface ModulePageOptions {
  /** HTML. */
  readonly head?: string;
  /** Imports that the page resolves itself. */
  readonly external?: string[];
  readonly contentSecurityPolicy?: string;
  /** Switches for the browser. */
  readonly switches?: readonly string[];
}

/**
 * Bundles a module, serves it as `script.js` beside a page, and starts a browser.
 * @param entry of the module, relative to the repository's root
 * @param folders that are served too, by path
 */
export async function serveModule(
  entry: string,
  folders: Readonly<Record<string, string>>,
  { head = '', external = [], switches = [], ...policy }: ModulePageOptions = {},
) {
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
  const server = await serveFolders({ ...folders, '/': folder }, policy);
  const browser = await launchChromium(switches);
  const close = async (): Promise<void> => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  };
  return { origin: server.origin, browser, close };
}
