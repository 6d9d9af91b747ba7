import { expect } from '@open-wc/testing';
import { segmentStrokes } from '../../src/imaging/segment-strokes.js';

describe('segmentStrokes', () => {
  it('segments more strokes than a call can have arguments', () => {
    const dots = Array.from({ length: 200_000 }, (_, index) => ({
      points: [{ x: index % 1000, y: Math.floor(index / 1000) }],
    }));
    const segmentation = segmentStrokes(dots)!;
    expect(segmentation.pieces).to.have.length(dots.length);
    expect(segmentation.image(0, dots.length - 1).box).to.deep.equal({ x: 0, y: 0, width: 999, height: 199 });
  });
});
