/** Memory layout of matrices: `[rows / 16, columns, 16]`, the last group padded with zeros. Pure functions. */

/** Number of rows that are interleaved and computed at once. */
export const GROUP = 16;

/** Rounds a number of rows up to whole groups. */
export function wholeGroups(rows: number): number {
  return Math.ceil(rows / GROUP) * GROUP;
}

/** Rearranges a row-major matrix into groups of rows. */
export function arrange(values: Float32Array, rows: number): Float32Array {
  const columns = values.length / rows;
  const arranged = new Float32Array(wholeGroups(rows) * columns);
  values.forEach((value, index) => {
    const row = Math.floor(index / columns);
    const group = row - (row % GROUP);
    arranged[group * columns + (index % columns) * GROUP + (row % GROUP)] = value;
  });
  return arranged;
}
