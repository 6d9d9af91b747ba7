/** A confusion matrix as a picture. Pure. */
import { element, picture, text } from './svg.js';

/** @import { Summary } from '../statistics.js' */

const cell = 32;
const left = 44;
const top = 66;

/**
 * Rows are the digits drawn, columns the best guesses. What is right is left uncoloured, so that mistakes stand out.
 * @param {string} title
 * @param {Pick<Summary, 'confusion'>} summary
 * @returns {string} SVG
 */
export function drawConfusion(title, { confusion }) {
  const digits = confusion.length;
  const undecided = confusion.some((row) => row[digits] > 0);
  const columns = undecided ? digits + 1 : digits;
  const mistakes = confusion.flatMap((row, digit) => row.filter((_, guess) => guess !== digit));
  const most = Math.max(1, ...mistakes);
  const cells = confusion.flatMap((row, digit) =>
    row.slice(0, columns).map((count, guess) => {
      const [x, y] = [left + guess * cell, top + digit * cell];
      const wrong = count > 0 && guess !== digit;
      return [
        element('rect', { x: x + 0.5, y: y + 0.5, width: cell - 1, height: cell - 1, class: 'rule' }),
        wrong
          ? element('rect', {
              x: x + 1,
              y: y + 1,
              width: cell - 2,
              height: cell - 2,
              class: 'warn',
              'fill-opacity': 0.2 + (0.65 * count) / most,
            })
          : '',
        count > 0 ? text(count, x + cell / 2, y + cell / 2 + 4, `middle ${wrong ? 'strong' : 'small muted'}`) : '',
      ].join('');
    }),
  );
  const rows = confusion.map((_, digit) => text(digit, left - 10, top + (digit + 0.5) * cell + 4, 'middle'));
  const heads = Array.from({ length: columns }, (_, guess) =>
    text(guess === digits ? 'none' : guess, left + (guess + 0.5) * cell, top - 7, 'middle'),
  );
  const [width, height] = [left + columns * cell + 14, top + digits * cell + 14];
  const middle = top + (digits * cell) / 2;
  return picture(
    width,
    height,
    title,
    text(title, 14, 22, 'title'),
    text('best guess', left + (columns * cell) / 2, 42, 'middle muted small'),
    text('digit', 14, middle, 'middle muted small', { transform: `rotate(-90 14 ${middle})` }),
    ...heads,
    ...rows,
    ...cells,
  );
}
