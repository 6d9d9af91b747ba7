/** What `npm run test:consumers` prints. */
import { alignColumns } from '../align-columns.js';

/** @import { Row } from './run-project.js' */

/** @param {Row} row */
function formatReadings({ readings }) {
  if (readings.length === 0) return '';
  return `${readings.filter(({ digit, answer }) => digit === answer).length}/${readings.length}`;
}

/**
 * @param {readonly Row[]} rows
 * @returns {string} a line per row; below them what went wrong
 */
export function formatTable(rows) {
  const lines = alignColumns([
    ['project', 'run', 'right', 's', ''],
    ...rows.map((row) => [
      row.project,
      row.run,
      formatReadings(row),
      String(row.seconds),
      row.problems.length > 0 ? 'failed' : 'passed',
    ]),
  ]);
  const problems = rows
    .filter((row) => row.problems.length > 0)
    .map((row) => `\n${row.project}, ${row.run}:\n${row.problems.join('\n')}`);
  return [...lines, ...problems].join('\n');
}
