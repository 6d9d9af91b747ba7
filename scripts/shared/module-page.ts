/** Pages that run a module of the repository in a browser, for a tool that calls what the module exports. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../setup.js';
import { launchChromium } from './launch-chromium.js';
import { serveFolders } from './serve-folders.js';

/** A page of Playwright or Puppeteer. */
interface Evaluator {
  evaluate(task: (argument: never) => unknown, argument?: unknown): Promise<unknown>;
}

type Functions<Script> = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any function at all
  [Name in keyof Script]: Script[Name] extends (...args: any[]) => unknown ? Script[Name] : never;
};

/** Calls an export of the page's module by its name. */
type Caller<Script> = <Name extends keyof Functions<Script> & string>(
  name: Name,
  ...args: Parameters<Functions<Script>[Name]>
) => Promise<Awaited<ReturnType<Functions<Script>[Name]>>>;

/** @param page with the module beside it, as `script.js` */
export function caller<Script>(page: object): Caller<Script> {
  const call = (name: string, ...args: unknown[]): Promise<unknown> =>
    (page as Evaluator).evaluate(
      async (each: { name: string; args: unknown[] }) => {
        const url = new URL('script.js', document.baseURI).href;
        const script = (await import(url)) as Record<string, (...args: unknown[]) => unknown>;
        return script[each.name](...each.args);
      },
      { name, args },
    );
  return call as Caller<Script>;
}

interface ModulePageOptions {
  readonly contentSecurityPolicy?: string;
  /** Command-line switches for the browser. */
  readonly switches?: readonly string[];
}

/**
 * Bundles a module, serves it beside an empty page, and launches a browser, until it is disposed.
 * @param entry relative to the repository's root
 * @param folders to serve, too, by path
 */
export async function serveModule<Script>(
  entry: string,
  folders: Readonly<Record<string, string>>,
  { switches = [], ...policy }: ModulePageOptions = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'digit-recognizer-page-'));
  await build({
    entryPoints: [join(root, entry)],
    outfile: join(folder, 'script.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Page</title><link rel="icon" href="data:,"><body></body></html>`,
  );
  const server = await serveFolders({ ...folders, '/': folder }, policy);
  const browser = await launchChromium(switches);
  return {
    browser,
    open: async () => {
      const page = await browser.newPage();
      await page.goto(`${server.origin}/`);
      return { page, call: caller<Script>(page) };
    },
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
