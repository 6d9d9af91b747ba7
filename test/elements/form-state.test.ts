import { expect } from '@open-wc/testing';
import { readFormState, writeFormState } from '../../src/elements/form-state.js';

const strokes = [{ points: [{ x: 1, y: 2, time: 3 }] }];
const frame = { width: 280, height: 140 };

describe('form state', () => {
  it('gives back the ink and the size of the pad that it was drawn on', () => {
    expect(readFormState(writeFormState({ strokes, frame })!)).to.deep.equal({ strokes, frame });
    expect(readFormState(writeFormState({ strokes, frame: null })!)).to.deep.equal({ strokes, frame: null });
  });

  it('keeps nothing of an empty pad', () => {
    expect(writeFormState({ strokes: [], frame })).to.be.null;
  });

  it('takes nothing that is no ink, and no size that is none', () => {
    for (const text of ['', '7', 'null', '{}', '{"strokes":7}', '{"strokes":[{"points":[{"x":"1","y":2}]}]}', '<b>']) {
      expect(readFormState(text), text).to.be.null;
    }
    for (const size of ['{}', '7', 'null', '{"width":-1,"height":1}', '{"width":"1","height":1}']) {
      expect(readFormState(`{"strokes":[],"frame":${size}}`), size).to.deep.equal({ strokes: [], frame: null });
    }
  });
});
