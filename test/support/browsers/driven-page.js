/**
 * What the tests ask of a page, whichever browser it is in.
 *
 * @typedef {{ type: 'down' | 'move' | 'up' | 'cancel', x: number, y: number, id?: number, force?: number, button?: 'left' | 'right' | 'middle' }} PointerStep
 * `x` and `y` in CSS pixels of the viewport; `id` tells fingers apart.
 * @typedef {{ pointerType: 'mouse' | 'pen' | 'touch', steps: PointerStep[] }} PointerPayload
 * @typedef {{ media?: 'print' | 'screen', reducedMotion?: 'reduce' | 'no-preference', forcedColors?: 'active' | 'none' }} MediaPayload
 *
 * @typedef {object} DrivenPage Each action is what a person does: its events are trusted.
 * @property {(payload: PointerPayload) => Promise<void>} pointer
 * @property {(keys: string) => Promise<void>} press as `a`, `Tab` or `Control+Shift+z`
 * @property {() => Promise<void>} release lifts all that a test has left down
 * @property {(size: { width: number, height: number }) => Promise<void>} setViewport
 * @property {(payload: MediaPayload) => Promise<void>} emulateMedia
 * @property {() => Promise<void>} collectGarbage
 *
 * @typedef {DrivenPage & {
 *   goto: (url: string) => Promise<void>,
 *   url: () => Promise<string>,
 *   evaluate: (expression: string) => Promise<unknown>,
 *   close: () => Promise<void>,
 * }} OpenPage `evaluate` takes an expression, waits for a promise, and returns what JSON can hold.
 *
 * @typedef {object} DrivenBrowser
 * @property {string} version as `Firefox 140.0`
 * @property {() => Promise<OpenPage>} open
 * @property {() => Promise<void>} close
 */

/** What a browser cannot be made to do. Its message goes on from "skipped: ". */
export class Unsupported extends Error {}

/** @type {{ [Name in keyof MediaPayload]-?: string }} */
const mediaFeatures = { media: '', reducedMotion: 'prefers-reduced-motion', forcedColors: 'forced-colors' };

/**
 * For browsers that emulate no media: what is so anyway is fine.
 * @param {OpenPage['evaluate']} evaluate
 * @param {MediaPayload} media
 */
export async function requireMedia(evaluate, media) {
  for (const [name, value] of Object.entries(media)) {
    const feature = mediaFeatures[/** @type {keyof MediaPayload} */ (name)];
    const query = feature ? `(${feature}: ${value})` : value;
    if (!(await evaluate(`matchMedia(${JSON.stringify(query)}).matches`))) {
      throw new Unsupported(`${query} cannot be emulated`);
    }
  }
}
