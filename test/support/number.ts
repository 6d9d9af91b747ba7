/** Typical digits, each in a box of height 1; as strokes of points from its top left corner. */
const digits: Readonly<Record<string, readonly (readonly (readonly [x: number, y: number])[])[]>> = {
  '0': [circle(0.3, 0.5, 0.3, 0.5)],
  '1': [
    [
      [0, 0.25],
      [0.18, 0],
      [0.18, 0.5],
      [0.18, 1],
    ],
  ],
  '2': [
    [
      [0.02, 0.25],
      [0.1, 0.05],
      [0.3, 0],
      [0.52, 0.1],
      [0.55, 0.3],
      [0.42, 0.55],
      [0.2, 0.8],
      [0, 0.98],
      [0.3, 1],
      [0.62, 0.98],
    ],
  ],
  '4': [
    [
      [0.4, 0],
      [0.2, 0.35],
      [0, 0.62],
      [0.3, 0.64],
      [0.65, 0.62],
    ],
    [
      [0.48, 0.3],
      [0.48, 0.6],
      [0.48, 1],
    ],
  ],
  '6': [
    [
      [0.45, 0],
      [0.25, 0.15],
      [0.08, 0.42],
      [0.02, 0.7],
      [0.1, 0.93],
      [0.3, 1],
      [0.5, 0.9],
      [0.55, 0.72],
      [0.45, 0.55],
      [0.25, 0.52],
      [0.06, 0.68],
    ],
  ],
  '7': [
    [
      [0, 0],
      [0.3, 0],
      [0.62, 0],
      [0.5, 0.3],
      [0.36, 0.65],
      [0.24, 1],
    ],
  ],
};

function circle(x: number, y: number, across: number, down: number): [number, number][] {
  return Array.from({ length: 25 }, (_, step) => {
    const angle = (step / 24) * 2 * Math.PI - Math.PI / 2;
    return [x + across * Math.cos(angle), y + down * Math.sin(angle)];
  });
}

/** The width of a digit of height 1. */
const widthOf = (digit: string): number => Math.max(...digits[digit].flat().map(([x]) => x));

/**
 * The strokes of a number.
 * @param size height of the digits
 * @param gap between two digits, as a share of their height
 */
export function drawnNumber(
  number: string,
  { x = 0, y = 0, size = 1, gap = 0.3 }: { x?: number; y?: number; size?: number; gap?: number } = {},
): [number, number][][] {
  let left = x;
  return [...number].flatMap((digit) => {
    const strokes = digits[digit].map((stroke) =>
      stroke.map(([across, down]): [number, number] => [left + across * size, y + down * size]),
    );
    left += (widthOf(digit) + gap) * size;
    return strokes;
  });
}

/** Lines as `Strokes`. */
export const asStrokes = (
  lines: readonly (readonly (readonly [x: number, y: number])[])[],
): { points: { x: number; y: number }[] }[] => lines.map((line) => ({ points: line.map(([x, y]) => ({ x, y })) }));

/** Strokes of marks beside digits of the height 100, from the left side and the top of the digits. */
export const sideMarks: Readonly<Record<'(' | ')' | '+', [x: number, y: number][][]>> = {
  '(': [arc(28, -24)],
  ')': [arc(0, 24)],
  '+': [
    [
      [0, 55],
      [48, 53],
    ],
    [
      [25, 28],
      [24, 80],
    ],
  ],
};

/** An arc from above to below digits of the height 100. */
function arc(x: number, bow: number): [number, number][] {
  return Array.from({ length: 25 }, (_, step) => [x + bow * Math.sin((step / 24) * Math.PI), -10 + 5 * step]);
}

/** Moves strokes to the right. */
export const moved = (
  lines: readonly (readonly (readonly [x: number, y: number])[])[],
  by: number,
): [number, number][][] => lines.map((line) => line.map(([x, y]): [number, number] => [x + by, y]));
