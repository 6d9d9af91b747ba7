import { createDrawings } from '../../drawings.js';
import { readFirst } from '../element.js';
import { reportStart } from './report-start.js';

const [{ strokes }] = createDrawings(8).slice(-1);

// Shows the answer to a 7 as soon as the page's `<digit-recognizer>` has it.
reportStart('digit-recognizer.js', async () => {
  const { digit, ready, answered } = await readFirst(strokes);
  return { digit, steps: { ready, answered } };
});
