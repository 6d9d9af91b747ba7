import { expect } from '@open-wc/testing';
import { DrawingError, strokesToPNG, strokesToSVG, type PictureOptions } from '../../src/index.js';

const strokes = [{ points: [40, 140, 240].map((y) => ({ x: 140, y })) }];
const frame = { width: 280, height: 280 };

const wrong: readonly (readonly [option: string, options: unknown])[] = [
  ['argument options', null],
  ['option frame', {}],
  ['option frame', { frame: null }],
  ['option frame', { frame: { width: 280 } }],
  ['option frame', { frame: { width: NaN, height: 280 } }],
  ['option frame', { frame: { width: 0, height: 280 } }],
  ['option frame', { frame: { width: '280', height: 280 } }],
  ['option penWidth', { frame, penWidth: -1 }],
  ['option penWidth', { frame, penWidth: Infinity }],
  ['option penWidth', { frame, penWidth: '5' }],
  ['option ink', { frame, ink: 7 }],
  ['option ink', { frame, ink: null }],
  ['option paper', { frame, paper: false }],
];

describe('picture options', () => {
  it('are rejected by name if they are invalid', async () => {
    for (const [option, value] of wrong) {
      const options = value as PictureOptions;
      const expected = `The ${option} is `;
      expect(() => strokesToSVG(strokes, options))
        .to.throw(DrawingError, expected)
        .with.property('code', 'invalid-option');
      const error: unknown = await strokesToPNG(strokes, options).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(DrawingError).and.have.property('code', 'invalid-option');
      expect((error as Error).message)
        .to.include(expected)
        .and.include('it can be');
    }
    for (const size of [0, -1, NaN, 8193, '100', null]) {
      const error: unknown = await strokesToPNG(strokes, { frame, size: size as number }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.have.property('code', 'invalid-option');
      expect((error as Error).message)
        .to.include('The option size is ')
        .and.include('1 to 8192');
    }
  });

  it('do not make up for an invalid drawing', async () => {
    for (const nothing of [null, undefined, '7', [{}]]) {
      expect(() => strokesToSVG(nothing as never, { frame })).to.throw(DrawingError, 'strokes');
      const error: unknown = await strokesToPNG(nothing as never, { frame }).catch((thrown: unknown) => thrown);
      expect(error).to.have.property('code', 'invalid-drawing');
    }
  });

  it('are optional, except for the frame', () => {
    expect(strokesToSVG(strokes, { frame })).to.include('stroke="black"').and.not.include('<rect');
    expect(strokesToSVG(strokes, { frame, paper: null, ink: 'red', penWidth: 4 })).to.include('stroke="red"');
  });
});
