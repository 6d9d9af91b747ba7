import { reportStart } from './report-start.js';

/** @import { Run } from '../contestants/contestant.js' */

/** A bar, as a 1 is drawn. */
function picture() {
  return Float32Array.from({ length: 784 }, (_, pixel) => {
    const [x, y] = [pixel % 28, Math.floor(pixel / 28)];
    return x >= 13 && x <= 14 && y >= 5 && y <= 22 ? 1 : 0;
  });
}

/**
 * Runs the network once, as soon as it can be run.
 * @param {() => Promise<Run>} start
 */
export function predictFirst(start) {
  reportStart('script.js', async () => {
    const run = await start();
    return { logits: [...(await run(picture(), 1))] };
  });
}
