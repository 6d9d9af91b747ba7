/** @import { BenchBrowser } from '../browsers.js' */
/** @import { FileServer } from '../serve-files.js' */
/** @import { Options } from '../options.js' */

/**
 * What a part measures with.
 *
 * @typedef {object} Context
 * @property {Options} options
 * @property {FileServer} server
 * @property {BenchBrowser} browser
 * @property {(options: { softwareWebGpu: boolean }) => Promise<BenchBrowser>} launchWith another one of the same browser
 * @property {(message: string) => void} report says how far it is
 */

export {};
