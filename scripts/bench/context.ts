import { caller, type Caller } from '../module-page.js';
import type { BenchBrowser, BenchPage, Launch } from './browsers.js';
import type { Options } from './options.js';
import type { FileServer } from './serve-files.js';

/** What a part measures with. */
export interface Context {
  readonly options: Options;
  readonly server: FileServer;
  readonly browser: BenchBrowser;
  /** Launches another instance of the browser. */
  readonly launch: Launch;
  /** Reports progress. */
  readonly report: (message: string) => void;
}

/**
 * Opens one of the bench's pages.
 * @param path of its folder
 */
export async function openPage<Script>(
  { browser, server }: Pick<Context, 'browser' | 'server'>,
  path: string,
): Promise<BenchPage & { readonly call: Caller<Script> }> {
  const page = await browser.open(`${server.origin}/${path}`);
  return Object.assign(page, { call: caller<Script>(page) });
}
