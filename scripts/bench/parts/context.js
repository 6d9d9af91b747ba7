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
 * @property {((options: { softwareWebGpu: boolean }) => Promise<BenchBrowser>) | null} launchWith another browser, where
 *   that can be had
 * @property {(message: string) => void} report says how far it is
 */

export {};
