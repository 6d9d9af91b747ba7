import { createDrawings } from '../../drawings.js';
import { readFirst } from '../element.js';

/** Shows the answer to a 7 as soon as the page's `<digit-recognizer>` has it. */
async function showFirst() {
  const [{ strokes }] = createDrawings(8).slice(-1);
  const { digit, painted } = await readFirst(strokes);
  return { end: painted, digit };
}

Object.assign(globalThis, { firstPrediction: showFirst() });
