import table from 'text-table';

/**
 * Columns of a table for the terminal, aligned right except for the first.
 * @returns one line per row
 */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  return table(
    rows.map((row) => [...row]),
    { align: rows[0].map((_, column) => (column === 0 ? 'l' : 'r')) },
  ).split('\n');
}
