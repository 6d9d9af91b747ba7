import { expect } from '@open-wc/testing';
import { findSeams } from '../../src/imaging/find-seams.js';

const [width, height] = [64, 40];

/** Two lines, 4 px wide, that lean to the right across each other's columns, joined by a bridge. */
function leaningLines(bridge: number): { data: Float32Array; width: number; height: number } {
  const data = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const lean = height - 1 - row;
    data.fill(1, row * width + 2 + Math.floor(lean / 2), row * width + 6 + Math.floor(lean / 2));
    data.fill(1, row * width + 18 + lean, row * width + 22 + lean);
    if (row >= 20 && row < 20 + bridge) data.fill(1, row * width + 2 + Math.floor(lean / 2), row * width + 22 + lean);
  }
  return { data, width, height };
}

/** The columns of one row's ink to the left of a seam, and to its right. */
function sides(data: Float32Array, seam: Int32Array, row: number): [left: number, right: number] {
  const ink = [...data.subarray(row * width, (row + 1) * width)];
  const count = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return [count(ink.slice(0, seam[row])), count(ink.slice(seam[row]))];
}

describe('findSeams', () => {
  it('bends around overlapping ink, and crosses only the connection', () => {
    const piece = leaningLines(2);
    const parting = findSeams(piece, height, 8, 8).filter((seam) =>
      [0, 10, 30, 39].every((row) => sides(piece.data, seam, row).every((ink) => ink === 4)),
    );
    expect(parting).not.to.be.empty;
  });

  it('crosses one line where two rings touch along their sides, rather than two through a loop', () => {
    const [high, thick] = [60, 8];
    const ring = (x: number, y: number, center: number): boolean =>
      Math.abs(Math.hypot((x - center) / 0.6, y - high / 2) - (high / 2 - thick)) < thick / 1.2;
    const centers = [20, 54, 88];
    const data = Float32Array.from({ length: 108 * high }, (_, pixel) =>
      Number(centers.some((center) => ring((pixel % 108) + 0.5, Math.floor(pixel / 108) + 0.5, center))),
    );
    const [first, second, ...others] = findSeams({ data, width: 108, height: high }, high, 8, 2);
    expect(others).to.be.empty;
    for (const [seam, column] of [
      [first, 37],
      [second, 71],
    ] as const) {
      for (const x of seam) expect(x).to.be.closeTo(column, 5);
    }
  });

  it('goes straight if all columns are alike', () => {
    const seams = findSeams({ data: new Float32Array(width * height).fill(1), width, height }, height, 8, 8);
    expect(seams).not.to.be.empty;
    for (const seam of seams) expect(new Set(seam).size).to.equal(1);
  });

  it('has a seam on each side of a narrow line, and only one if there is no ink between', () => {
    const lines = [0, 18, 23, 44];
    const data = Float32Array.from({ length: 47 * height }, (_, pixel) => {
      const [column, row] = [pixel % 47, Math.floor(pixel / 47)];
      return Number(lines.some((line) => column >= line && column < line + 3) || (row > 18 && row < 21));
    });
    const seams = findSeams({ data, width: 47, height }, height, 8, 8);
    const gaps = seams.map((seam) => lines.findIndex((line) => line > seam[0]));
    expect(gaps).to.deep.equal([1, 2, 3]);
  });

  it('has no more seams than requested, from left to right, with ink between', () => {
    const data = new Float32Array(width * height);
    for (let column = 0; column < width; column += 3) {
      for (let row = 0; row < height; row++) data[row * width + column] = 1;
    }
    for (const most of [1, 3]) {
      const seams = findSeams({ data, width, height }, height, 8, most);
      expect(seams).to.have.length(most);
      const inkBefore = (seam: Int32Array): number => seam.reduce((sum, _, row) => sum + sides(data, seam, row)[0], 0);
      const inks = seams.map(inkBefore);
      // More than one whole line.
      for (let index = 1; index < most; index++) expect(inks[index] - inks[index - 1]).to.be.above(height);
      const columns = seams.map((seam) => seam[0]);
      for (let index = 1; index < most; index++) expect(columns[index] - columns[index - 1]).to.be.at.least(3);
    }
  });
});
