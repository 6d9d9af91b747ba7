import { expect } from '@open-wc/testing';
import type { Box, Segmentation } from '../../src/imaging/index.js';
import { bestRuns, possibleRuns, type Run } from '../../src/recognition/best-runs.js';
import type { Recognition } from '../../src/recognition/recognition.js';

const leastEnergy = -1;

/** A number of digits 100 high in these pieces, without cuts. */
const segmentation = (boxes: readonly Box[]): Segmentation => ({
  pieces: boxes.map((box) => ({ box, joined: false })),
  height: 100,
  lineWidth: 0,
  slant: 0,
  image: () => {
    throw new Error('The runs are read already.');
  },
  key: (first, last) => `${first} ${last}`,
});

/** The network's answer for a run that is a digit, or not. */
const reading = (isDigit: boolean, digit: number): Recognition => ({
  digit: isDigit ? digit : null,
  reason: isDigit ? null : 'not-a-digit',
  confidence: isDigit ? 0.99 : 0,
  predictions: [{ digit, probability: isDigit ? 0.99 : 0.4 }],
  energy: leastEnergy + (isDigit ? 8 : -8),
  image: new Float32Array(784),
  backend: 'wasm',
  learned: false,
  features: null,
  timings: { prepare: 0, infer: 0 },
});

/** The runs that are chosen if the network considers only the given ones digits: this one. */
const chosen = (boxes: readonly Box[], digits: readonly Run[], digit = 5): Run[] => {
  const number = segmentation(boxes);
  const possible = possibleRuns(number).map(({ first, last }) => number.key(first, last));
  return bestRuns(
    number,
    ({ first, last }) =>
      possible.includes(number.key(first, last))
        ? reading(
            digits.some((run) => run.first === first && run.last === last),
            digit,
          )
        : null,
    leastEnergy,
  );
};

const digitAt = (x: number): Box => ({ x, y: 0, width: 50, height: 100 });
const dashAt = (x: number, width = 40): Box => ({ x, y: 48, width, height: 5 });
const dotAt = (x: number): Box => ({ x, y: 92, width: 8, height: 8 });
const one = (piece: number): Run => ({ first: piece, last: piece });

describe('possibleRuns', () => {
  it('has each piece in a run, but few runs that span a whole pattern', () => {
    const lines = Array.from({ length: 300 }, (_, line) => ({
      x: line / 300,
      y: (line * 7) % 300,
      width: 100,
      height: 1,
    }));
    const runs = possibleRuns(segmentation(lines));
    expect(new Set(runs.map(({ first }) => first)).size).to.equal(300);
    const areas = runs.map(({ first, last }) => {
      const ys = lines.slice(first, last + 1).map(({ y }) => y);
      return last > first ? 100 * (Math.max(...ys) + 1 - Math.min(...ys)) : 0;
    });
    expect(areas.reduce((sum, area) => sum + area, 0)).to.be.at.most(100 * 101 * 300);
  });

  it('has few runs of thousands of pieces', () => {
    for (const boxes of [
      Array.from({ length: 3000 }, () => ({ x: 5, y: 5, width: 0, height: 0 })),
      Array.from({ length: 1000 }, (_, line) => ({ x: 5 * line, y: 0, width: 0, height: 100 })),
    ]) {
      const runs = possibleRuns(segmentation(boxes));
      expect(new Set(runs.flatMap(({ first, last }) => (first === last ? [first] : []))).size).to.equal(boxes.length);
      expect(runs.length - boxes.length).to.be.at.most(1500);
    }
  });

  it('has few runs of thin, slanted lines: those that lean span far more of the picture', () => {
    const lines = Array.from({ length: 85 }, (_, line) => ({ x: 3 * line, y: 0, width: 1, height: 100 }));
    const together = (slant: number): number =>
      possibleRuns({ ...segmentation(lines), slant }).filter(({ first, last }) => last > first).length;
    expect(together(0.5)).to.be.below(0.7 * together(0));
  });

  it('limits long runs first', () => {
    const lines = Array.from({ length: 1000 }, (_, line) => ({ x: 5 * line, y: 0, width: 1, height: 100 }));
    const pairs = possibleRuns(segmentation(lines)).filter(({ first, last }) => last === first + 1);
    expect(pairs).to.have.length(999);
  });

  it('has all runs of a long number', () => {
    const digits = Array.from({ length: 60 }, (_, index) => digitAt(70 * index));
    expect(possibleRuns(segmentation(digits))).to.have.length(60 + 59);
  });
});

describe('bestRuns', () => {
  for (const [kind, mark] of Object.entries({ 'a dash': dashAt, 'a dot': dotAt })) {
    it(`leaves out ${kind} before, between and after the digits`, () => {
      expect(chosen([mark(0), digitAt(70), digitAt(140)], [one(1), one(2)]), 'before').to.deep.equal([one(1), one(2)]);
      expect(chosen([digitAt(0), mark(70), digitAt(140)], [one(0), one(2)]), 'between').to.deep.equal([one(0), one(2)]);
      expect(chosen([digitAt(0), digitAt(70), mark(140)], [one(0), one(1)]), 'after').to.deep.equal([one(0), one(1)]);
    });
  }

  it('keeps the bar of a digit with the digit', () => {
    const bar = { first: 0, last: 1 };
    expect(chosen([digitAt(0), dashAt(20, 45), digitAt(100)], [bar, one(0), one(2)])).to.deep.equal([bar, one(2)]);
  });

  it('keeps zeros far smaller than the other digits, but no other digits', () => {
    const small = { x: 60, y: 62, width: 30, height: 38 };
    const number = [digitAt(0), small, digitAt(95)];
    expect(chosen(number, [one(0), one(1), one(2)], 0), 'between').to.deep.equal([one(0), one(1), one(2)]);
    expect(chosen([digitAt(-95), ...number.slice(1)], [one(0), one(1), one(2)], 0), 'apart').to.have.length(3);
    const hooked = { first: 0, last: 1 };
    expect(chosen(number, [hooked, one(0), one(1), one(2)], 7)).to.deep.equal([hooked, one(2)]);
  });

  it('takes a ring as small as a dot for a dot', () => {
    const ring = { x: 60, y: 88, width: 12, height: 12 };
    expect(chosen([digitAt(0), ring, digitAt(80)], [one(0), one(1), one(2)], 0)).to.deep.equal([one(0), one(2)]);
  });

  it('does not take a degree sign for a zero', () => {
    const sign = { x: 60, y: 2, width: 20, height: 24 };
    expect(chosen([digitAt(0), sign], [one(0), one(1)], 0)).to.deep.equal([one(0)]);
  });

  it('leaves out a percent sign, but not two digits around a tall one', () => {
    const number = [
      digitAt(0),
      { x: 80, y: 2, width: 34, height: 36 },
      { x: 85, y: 0, width: 70, height: 100 },
      { x: 126, y: 62, width: 36, height: 36 },
    ];
    const all = [one(0), one(1), one(2), one(3)];
    expect(chosen(number, all, 1)).to.deep.equal([one(0)]);
    const small = { ...number[1], y: 62 };
    expect(chosen([digitAt(0), small, digitAt(125), { ...small, x: 190 }], all, 0), 'two zeros').to.have.length(4);
  });

  it('keeps a 9 of two strokes before a small zero, unlike a percent sign', () => {
    const nine = [
      { x: 80, y: 0, width: 40, height: 48 },
      { x: 118, y: 0, width: 6, height: 100 },
    ];
    const zero = { x: 140, y: 60, width: 38, height: 40 };
    const both = { first: 1, last: 2 };
    expect(chosen([digitAt(0), ...nine, zero], [one(0), both, one(3)], 0)).to.deep.equal([one(0), both, one(3)]);
  });

  it('leaves out an equals sign as cheaply as a dash', () => {
    const bars = [dashAt(70, 30), { ...dashAt(71, 30), y: 65 }];
    expect(chosen([digitAt(0), ...bars, digitAt(115)], [one(0), one(3)])).to.deep.equal([one(0), one(3)]);
  });

  it('keeps the two rings of an 8 together', () => {
    const both = { first: 1, last: 2 };
    for (const overlap of [0, 14]) {
      const rings = [
        { x: 74, y: 50 - overlap / 2, width: 42, height: 50 + overlap / 2 },
        { x: 76, y: 0, width: 42, height: 50 + overlap / 2 },
      ];
      const number = [digitAt(0), ...rings, digitAt(130)];
      expect(chosen(number, [one(0), one(1), one(2), both, one(3)], 0)).to.deep.equal([one(0), both, one(3)]);
    }
  });

  it('keeps a digit that the network rejects in its position', () => {
    expect(chosen([digitAt(0), digitAt(70), digitAt(140)], [one(0), one(2)])).to.deep.equal([one(0), one(1), one(2)]);
  });
});
