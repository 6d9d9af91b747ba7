/**
 * What the page tells the bench of its start: milliseconds from the first statement of its script, and from its request,
 * to the answer; the longest of the tasks over 50 ms, 0 when there was none, null in a browser that does not tell.
 *
 * @typedef {object} StartReport
 * @property {number} script
 * @property {number} request
 * @property {number | null} longestTask
 * @property {number[] | null} logits
 * @property {number | null} digit
 */

/** What the page's first lines have left. @typedef {{ scriptStart: number, longTasks: number[] | null }} Marks */

/**
 * @param {string} script that the start is counted from, beside the page
 * @param {() => Promise<{ logits: number[] } | { digit: number | null }>} answer gives the first answer, as soon as it is there
 */
export function reportStart(script, answer) {
  /** @returns {Promise<StartReport>} */
  const report = async () => {
    const given = await answer();
    const end = performance.now();
    // A task is told of when it is over.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { scriptStart, longTasks } = /** @type {Marks} */ (/** @type {unknown} */ (globalThis));
    const [{ startTime }] = performance.getEntriesByName(new URL(script, document.baseURI).href);
    return {
      script: end - scriptStart,
      request: end - startTime,
      longestTask: longTasks && Math.max(0, ...longTasks),
      logits: 'logits' in given ? given.logits : null,
      digit: 'digit' in given ? given.digit : null,
    };
  };
  Object.assign(globalThis, { startReport: report() });
}
