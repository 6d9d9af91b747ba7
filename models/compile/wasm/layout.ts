/** How the numbers of a matrix lie in memory: `[rows / 16, columns, 16]`; what is missing of the last group is 0. Pure. */

/** So many rows lie side by side, and are computed at once. */
export const GROUP = 16;

/** So many rows are whole groups. */
export function wholeGroups(rows: number): number {
  return Math.ceil(rows / GROUP) * GROUP;
}

/** A matrix that is stored row by row, in groups of rows. */
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
