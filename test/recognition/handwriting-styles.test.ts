import { expect } from '@open-wc/testing';
import { Random } from '../../models/training/data/random.js';
import { drawTemplate } from '../../models/training/data/templates.js';
import { recognize } from '../../src/recognition/index.js';

const PAD = { middle: 140, size: 180 };
const EACH = 40;

describe('handwriting styles', () => {
  for (const digit of Array.from({ length: 10 }, (_, index) => index)) {
    it(`a ${digit} is read in those styles that the training data draws`, async () => {
      const random = new Random(digit);
      const answers = await Promise.all(
        Array.from({ length: EACH }, () => {
          const strokes = drawTemplate(digit, random).map((path) => ({
            points: path.map(({ x, y }) => ({ x: PAD.middle + x * PAD.size, y: PAD.middle + y * PAD.size })),
          }));
          return recognize(strokes, { backend: 'wasm' });
        }),
      );
      const others = answers.filter((answer) => answer.digit !== digit).map((answer) => answer.digit);
      expect(others.filter((other) => other !== null)).to.deep.equal([]);
      expect(others, 'refused').to.have.length.below(2);
    });
  }
});
