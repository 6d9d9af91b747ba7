/**
 * Columns set flush right, but for the first.
 * @param {readonly (readonly string[])[]} rows at least one, all of one length
 * @returns {string[]} a line per row
 */
export function alignColumns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}
