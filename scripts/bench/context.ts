import type { BenchBrowser, Launch } from './browsers.js';
import type { Options } from './options.js';
import type { FileServer } from './serve-files.js';

/** What a part measures with. */
export interface Context {
  readonly options: Options;
  readonly server: FileServer;
  readonly browser: BenchBrowser;
  /** Launches another one of the same browser. */
  readonly launch: Launch;
  /** Says how far it is. */
  readonly report: (message: string) => void;
}
