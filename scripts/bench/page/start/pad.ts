import '../../../../src/define/digit-pad.js';
import { createDrawings } from '../../drawings.js';
import { painted } from '../element.js';
import { reportStart } from './report-start.js';

const [{ strokes }] = createDrawings(8).slice(-1);

// Shows the strokes of a 7.
reportStart('script.js', async () => {
  const pad = document.querySelector('digit-pad')!;
  pad.strokes = strokes;
  await pad.updateComplete;
  await painted();
  return {};
});
