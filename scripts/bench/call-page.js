/** Calls what a page's script exports. */

/** @import { BenchPage } from './browsers.js' */

/**
 * @template {Record<string, any>} Script
 * @param {BenchPage} page whose script is `script.js` beside it
 * @returns {<Name extends keyof Script & string>(name: Name, argument: Parameters<Script[Name]>[0]) => Promise<Awaited<ReturnType<Script[Name]>>>}
 */
export function caller(page) {
  /** @param {string} name @param {unknown} argument @returns {Promise<any>} */
  const call = (name, argument) =>
    page.evaluate(
      async (/** @type {{ name: string, argument: unknown }} */ call) => {
        const url = new URL('script.js', document.baseURI).href;
        /** @type {Record<string, (argument: unknown) => unknown>} */
        const script = await import(url);
        return script[call.name](call.argument);
      },
      { name, argument },
    );
  return call;
}
