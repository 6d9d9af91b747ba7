/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment -- OpenCV types its constants and views as any */
import { expect } from '@open-wc/testing';
import { centerOfMass } from '../../src/imaging/center-of-mass.js';
import { connectInk } from '../../src/imaging/connected-ink.js';
import { coarsen, enlarge, estimatePaper } from '../../src/imaging/estimate-paper.js';
import { normalizePixels } from '../../src/imaging/normalize-pixels.js';
import type { Plane } from '../../src/imaging/plane.js';
import { rasterizeStrokes } from '../../src/imaging/rasterize-strokes.js';
import { resampleArea } from '../../src/imaging/resample-area.js';
import { inkMask } from '../../src/imaging/line-width.js';
import { thickenInk, thinInk } from '../../src/imaging/thicken-ink.js';
import { loadOpenCv, type OpenCv } from '../support/opencv.js';
import { largestDifference, meanDifference, patternPlane, randomValues, sevenPicture } from './support.js';

describe('imaging compared with OpenCV', () => {
  let cv: OpenCv;

  before(async function () {
    this.timeout(60_000);
    ({ cv } = await loadOpenCv());
  });

  const matOf = ({ data, width, height }: Plane) => cv.matFromArray(height, width, cv.CV_32FC1, [...data]);

  function resized(plane: Plane, size: number): Float32Array {
    const [source, target] = [matOf(plane), new cv.Mat()];
    cv.resize(source, target, new cv.Size(size, size), 0, 0, cv.INTER_AREA);
    const data = Float32Array.from(target.data32F);
    source.delete();
    target.delete();
    return data;
  }

  function shifted(plane: Plane, x: number, y: number, size: number): Float32Array {
    const [source, target] = [matOf(plane), new cv.Mat()];
    const matrix = cv.matFromArray(2, 3, cv.CV_64FC1, [1, 0, x, 0, 1, y]);
    cv.warpAffine(
      source,
      target,
      matrix,
      new cv.Size(size, size),
      cv.INTER_LINEAR,
      cv.BORDER_CONSTANT,
      new cv.Scalar(),
    );
    const data = Float32Array.from(target.data32F);
    for (const mat of [source, target, matrix]) mat.delete();
    return data;
  }

  function momentsOf(plane: Plane): { x: number; y: number } {
    const mat = matOf(plane);
    const { m00, m10, m01 } = cv.moments(mat, false);
    mat.delete();
    return { x: m10 / m00 + 0.5, y: m01 / m00 + 0.5 };
  }

  for (const length of [40, 100, 200]) {
    it(`resamples ${length} px to 20 px like resize with INTER_AREA, to 1e-5`, () => {
      const plane = patternPlane(length, length);
      const ours = resampleArea(plane, 20, 20 / length, { x: 0, y: 0 });
      expect(largestDifference(ours.data, resized(plane, 20))).to.be.below(1e-5);
    });
  }

  for (const length of [33, 47, 211, 512]) {
    it(`resamples ${length} px to 20 px, a non-integer factor, like INTER_AREA, to 1e-3`, () => {
      const plane = patternPlane(length, length);
      const ours = resampleArea(plane, 20, 20 / length, { x: 0, y: 0 });
      expect(largestDifference(ours.data, resized(plane, 20))).to.be.below(1e-3);
    });
  }

  it('finds the same center of mass as moments, to 1e-4 px', () => {
    for (const [width, height] of [
      [20, 20],
      [37, 91],
      [1, 50],
    ]) {
      const plane = patternPlane(width, height);
      const [ours, theirs] = [centerOfMass(plane), momentsOf(plane)];
      expect(ours?.x).to.be.closeTo(theirs.x, 1e-4);
      expect(ours?.y).to.be.closeTo(theirs.y, 1e-4);
    }
  });

  it('shifts by fractions of a pixel like warpAffine, to 1e-5', () => {
    const plane = patternPlane(20, 20);
    // warpAffine rounds positions to 1/32 px.
    for (const [x, y] of [
      [4.25, 3.5],
      [4, 4],
      [3.03125, 6.96875],
    ]) {
      const ours = resampleArea(plane, 28, 1, { x: -x, y: -y });
      expect(largestDifference(ours.data, shifted(plane, x, y, 28))).to.be.below(1e-5);
    }
  });

  it('applies the same majority filter as medianBlur', () => {
    const [width, height] = [80, 60];
    const random = randomValues(5);
    // A wide bar with holes, and specks next to it. OpenCV repeats the pixels of the border, which are paper here.
    const data = Float32Array.from({ length: width * height }, (_, pixel) => {
      const [column, row] = [pixel % width, Math.floor(pixel / width)];
      if (column < 2 || column >= width - 2 || row < 2 || row >= height - 2) return 0;
      const inside = column >= 20 && column < 50;
      return Number(random() < 0.1 !== inside);
    });
    const source = cv.matFromArray(height, width, cv.CV_8UC1, [...data]);
    const target = new cv.Mat();
    cv.medianBlur(source, target, 3);
    const theirs = Uint8Array.from(target.data);
    source.delete();
    target.delete();
    expect([...inkMask({ data, width, height })]).to.deep.equal([...theirs]);
  });

  describe('distanceTransform', () => {
    const [side, margin] = [60, 4];
    const { data } = sevenPicture(side, 9).ink;
    const plane = { data, width: side, height: side };
    const mask = inkMask(plane);

    /** The value of a pixel of the square with `around` px of paper on all sides. */
    function valueAt(values: ArrayLike<number>, pixel: number, around: number): number {
      const wide = side + 2 * around;
      const [column, row] = [(pixel % wide) - around, Math.floor(pixel / wide) - around];
      const inside = column >= 0 && row >= 0 && column < side && row < side;
      return inside ? values[row * side + column] : 0;
    }

    /** Distances from the nearest ink, or from the nearest paper, with `around` px of paper on all sides. */
    function distances(from: 'ink' | 'paper', around: number): Float32Array {
      const wide = side + 2 * around;
      const ink = Array.from({ length: wide * wide }, (_, pixel) => 255 * valueAt(mask, pixel, around));
      const source = cv.matFromArray(
        wide,
        wide,
        cv.CV_8UC1,
        ink.map((value) => (from === 'paper' ? value : 255 - value)),
      );
      const target = new cv.Mat();
      cv.distanceTransform(source, target, cv.DIST_L2, cv.DIST_MASK_PRECISE);
      const found = Float32Array.from(target.data32F);
      source.delete();
      target.delete();
      return found;
    }

    it('finds the distances for thickening ink, to 0.01 px', () => {
      const ours = thickenInk(plane, 3);
      expect(ours.width).to.equal(plane.width + 2 * margin);
      const theirs = distances('ink', margin).map((distance, pixel) =>
        Math.min(1, Math.max(valueAt(data, pixel, margin), 3.5 - distance)),
      );
      expect(largestDifference(ours.data, theirs)).to.be.below(0.01);
    });

    it('finds the distances for thinning ink, to 0.01 px', () => {
      const theirs = distances('paper', 1).map((distance, pixel) =>
        Math.min(valueAt(data, pixel, 1), Math.max(0, distance - 2.5)),
      );
      expect(Math.max(...theirs)).to.equal(1);
      expect(largestDifference(thinInk(plane, 2).data, theirs)).to.be.below(0.01);
    });
  });

  it('finds the same components as connectedComponents', () => {
    const [width, height] = [90, 70];
    const random = randomValues(11);
    const plane = { data: Float32Array.from({ length: width * height }, () => Number(random() > 0.62)), width, height };
    const { labels, masses } = connectInk(plane);
    const source = cv.matFromArray(height, width, cv.CV_8UC1, [...plane.data]);
    const target = new cv.Mat();
    const count = cv.connectedComponents(source, target, 8, cv.CV_32S);
    const theirs = Int32Array.from(target.data32S);
    source.delete();
    target.delete();
    expect(masses).to.have.length(count);
    // The same components up to numbering: each of our labels corresponds to one of theirs.
    expect(new Set(Array.from(labels, (label, pixel) => `${label} ${theirs[pixel]}`))).to.have.property('size', count);
  });

  for (const lightInk of [false, true]) {
    it(`finds the same paper ${lightInk ? 'behind chalk' : 'below ink'} as blur, morphologyEx and resize, to 1e-4`, () => {
      const side = 256;
      const random = randomValues(13);
      const light = (row: number, column: number): number =>
        0.4 + 0.2 * Math.sin(row / 40) + 0.15 * Math.cos(column / 55);
      const gray = Float32Array.from({ length: side * side }, (_, pixel) => {
        const [row, column] = [Math.floor(pixel / side), pixel % side];
        const inked = Math.abs(row - column) < 7 || Math.abs(row + column - side) < 4;
        return light(row, column) * (inked ? (lightInk ? 1.3 : 0.3) : 1) + 0.02 * random();
      });
      const data = new Float32Array(side * side * 4).fill(1);
      gray.forEach((value, pixel) => data.fill(value, pixel * 4, pixel * 4 + 3));
      const coarse = coarsen({ data, width: side, height: side });
      const evenLight = new Float32Array(coarse.width * coarse.height).fill(1);
      const [paper] = estimatePaper(coarse, lightInk, evenLight);
      const enlargeRow = enlarge(coarse);
      const ours = new Float32Array(side * side);
      for (let row = 0; row < side; row++) enlargeRow(paper, row, ours.subarray(row * side, (row + 1) * side));

      const mat = matOf({ data: gray, width: side, height: side });
      const half = new cv.Size(side / 2, side / 2);
      // 9 % of 128 px to each side of a pixel.
      const kernel = cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(2 * 12 + 1, 2 * 12 + 1));
      const center = new cv.Point(-1, -1);
      cv.resize(mat, mat, half, 0, 0, cv.INTER_AREA);
      cv.blur(mat, mat, new cv.Size(3, 3), center, cv.BORDER_REPLICATE);
      cv.morphologyEx(mat, mat, lightInk ? cv.MORPH_OPEN : cv.MORPH_CLOSE, kernel);
      cv.blur(mat, mat, new cv.Size(5, 5), center, cv.BORDER_REPLICATE);
      cv.resize(mat, mat, new cv.Size(side, side), 0, 0, cv.INTER_LINEAR);
      const theirs = Float32Array.from(mat.data32F);
      mat.delete();
      kernel.delete();

      // At the edges we average the values inside, while OpenCV continues beyond them.
      const margin = 64;
      const middle = (plane: Float32Array): Float32Array =>
        plane.filter((_, pixel) => {
          const [row, column] = [Math.floor(pixel / side), pixel % side];
          return Math.min(row, column) >= margin && Math.max(row, column) < side - margin;
        });
      expect(largestDifference(middle(ours), middle(theirs))).to.be.below(1e-4);
      expect(largestDifference(middle(ours), middle(gray)), 'the picture itself differs').to.be.above(0.1);
    });
  }

  it('draws lines and dots like line and circle, to 0.03 per pixel on average', () => {
    // OpenCV draws at 16 times the size, averaged afterwards, so that its own anti-aliasing is fine.
    const fine = 16;
    const mat = cv.Mat.zeros(28 * fine, 28 * fine, cv.CV_8UC1);
    const white = new cv.Scalar(255);
    const line = (x1: number, y1: number, x2: number, y2: number): void => {
      const [from, to] = [new cv.Point(x1 * fine, y1 * fine), new cv.Point(x2 * fine, y2 * fine)];
      cv.line(mat, from, to, white, 3 * fine, cv.LINE_8);
    };
    line(6, 5, 20, 7);
    line(20, 7, 10, 23);
    cv.circle(mat, new cv.Point(20 * fine, 20 * fine), 1.5 * fine, white, -1);
    const small = new cv.Mat();
    cv.resize(mat, small, new cv.Size(28, 28), 0, 0, cv.INTER_AREA);
    const theirs = Float32Array.from(small.data, (value) => value / 255);
    mat.delete();
    small.delete();
    const bent = [6, 5, 20, 7, 10, 23];
    const points = [0, 2, 4].map((index) => ({ x: bent[index], y: bent[index + 1] }));
    const ours = rasterizeStrokes([{ points }, { points: [{ x: 20, y: 20 }] }], 28, { width: 3, softness: 1 });
    expect(meanDifference(ours.data, theirs)).to.be.below(0.03);
    expect(largestDifference(ours.data, theirs)).to.be.below(0.3);
  });

  it('computes the same image as resize, moments and warpAffine together, to 0.02 per pixel on average', () => {
    const { source, ink } = sevenPicture(200, 24);
    let [left, top, right, bottom] = [200, 200, 0, 0];
    ink.data.forEach((value, index) => {
      if (value === 0) return;
      [left, right] = [Math.min(left, index % 200), Math.max(right, (index % 200) + 1)];
      [top, bottom] = [Math.min(top, Math.floor(index / 200)), Math.max(bottom, Math.floor(index / 200) + 1)];
    });
    const scale = 20 / Math.max(right - left, bottom - top);
    const all = matOf(ink);
    const cut = all.roi(new cv.Rect(left, top, right - left, bottom - top));
    const small = new cv.Mat();
    const size = new cv.Size(Math.round((right - left) * scale), Math.round((bottom - top) * scale));
    cv.resize(cut, small, size, 0, 0, cv.INTER_AREA);
    const plane = { data: Float32Array.from(small.data32F), width: size.width, height: size.height };
    for (const mat of [all, cut, small]) mat.delete();
    const center = momentsOf(plane);
    const theirs = shifted(plane, 14.5 - center.x, 14.5 - center.y, 28);
    expect(meanDifference(normalizePixels(source).pixels, theirs)).to.be.below(0.02);
  });
});
