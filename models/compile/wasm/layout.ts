/** How the numbers of a matrix lie in memory. Pure. */

/** So many rows lie side by side in some layouts, and are computed at once. */
export const GROUP = 16;

/** The steps are in numbers, from the place of one to that of the next. */
export interface Layout {
  readonly rows: number;
  readonly columns: number;
  /** From one group of rows to the next, and from one row of a group to the next. */
  readonly group: number;
  readonly row: number;
  readonly column: number;
  /** Columns that make a block, and from one block to the next. */
  readonly block: number;
  readonly blockStep: number;
  /** How many numbers it takes up, with those that are missing in its groups. */
  readonly length: number;
}

/** One row after the other. */
export function rowMajor(rows: number, columns: number): Layout {
  return {
    rows,
    columns,
    group: GROUP * columns,
    row: columns,
    column: 1,
    block: columns,
    blockStep: 0,
    length: rows * columns,
  };
}

/** One column after the other. */
export function columnMajor(rows: number, columns: number): Layout {
  return { rows, columns, group: GROUP, row: 1, column: rows, block: columns, blockStep: 0, length: rows * columns };
}

/** So many rows are whole groups. */
export function wholeGroups(rows: number): number {
  return Math.ceil(rows / GROUP) * GROUP;
}

/** `[rows / 16, columns, 16]`, for each block of columns. What is missing of the last group is 0. */
export function grouped(rows: number, columns: number, block = columns): Layout {
  const whole = wholeGroups(rows);
  const steps = { group: GROUP * block, row: 1, column: GROUP, block, blockStep: whole * block };
  return { rows, columns, ...steps, length: whole * columns };
}

/** A matrix that is stored row by row in another layout. */
export function arrange(values: Float32Array, layout: Layout): Float32Array {
  const arranged = new Float32Array(layout.length);
  values.forEach((value, index) => {
    const row = Math.floor(index / layout.columns);
    const column = index % layout.columns;
    const line = Math.floor(row / GROUP) * layout.group + (row % GROUP) * layout.row;
    const block = Math.floor(column / layout.block) * layout.blockStep;
    arranged[line + block + (column % layout.block) * layout.column] = value;
  });
  return arranged;
}
