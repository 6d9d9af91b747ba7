/**
 * What is evaluated: pictures or drawings, each with the digit that it is.
 *
 * @typedef {{ label: number, pixels: Uint8Array }} ImageSample
 * 28x28 grey values, row-major, 0 (paper) to 255 (ink)
 * @typedef {readonly (readonly [x: number, y: number])[]} Line from pen down to pen up; y down, in any unit
 * @typedef {{ strokes: readonly Line[] }} Drawing
 * @typedef {Drawing & { label: number, writer?: string }} DrawingSample
 */

/**
 * At most `limit` of the samples, evenly spread: data sets are often sorted by digit or by writer.
 * @template Sample
 * @param {readonly Sample[]} samples
 * @param {number} limit
 * @returns {Sample[]}
 */
export function spreadSamples(samples, limit) {
  const count = Math.min(limit, samples.length);
  return Array.from({ length: count }, (_, index) => samples[Math.floor((index * samples.length) / count)]);
}
