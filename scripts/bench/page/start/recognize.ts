import { recognize } from '../../../../src/index.js';
import { createDrawings } from '../../drawings.js';
import { modelName } from '../load.js';
import { reportStart } from './report-start.js';

const [{ strokes }] = createDrawings(8).slice(-1);

// Reads a 7 without any element.
reportStart('script.js', async () => {
  const { digit } = await recognize(strokes, { model: modelName });
  return { digit };
});
