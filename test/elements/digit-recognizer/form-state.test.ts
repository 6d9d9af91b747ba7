import { expect } from '@open-wc/testing';
import { readFormState, writeFormState, type FormState } from '../../../src/elements/digit-recognizer/form-state.js';

const strokes = [{ points: [{ x: 1, y: 2, time: 3 }] }];
const frame = { width: 280, height: 140 };

describe('form state', () => {
  it('restores the ink, the size of the pad that it was drawn on, and picked or typed digits', () => {
    for (const state of [
      { strokes, frame, corrections: new Map(), given: null },
      { strokes, frame: null, corrections: new Map([[0, { digit: 0, by: 'picked' }]]), given: [4] },
      { strokes: [], frame: null, corrections: new Map(), given: [2, 0, 2, 6] },
      { strokes: [], frame: null, corrections: new Map(), given: null },
      {
        strokes: [],
        frame: null,
        corrections: new Map([
          [0, { digit: 9, by: 'typed' }],
          [2, { digit: 1, by: 'picked' }],
        ]),
        given: null,
      },
    ] as FormState[]) {
      expect(readFormState(writeFormState(state))).to.deep.equal(state);
    }
  });

  it('ignores anything that is not ink, a size, or a digit', () => {
    for (const text of ['', '7', 'null', '{}', '{"strokes":7}', '{"strokes":[{"points":[{"x":"1","y":2}]}]}', '<b>']) {
      expect(readFormState(text), text).to.be.null;
    }
    for (const size of ['{}', '7', 'null', '{"width":-1,"height":1}', '{"width":"1","height":1}']) {
      expect(readFormState(`{"strokes":[],"frame":${size}}`)?.frame, size).to.be.null;
    }
    for (const word of ['{}', '7', 'null', '{"digit":10,"by":"typed"}', '{"digit":"7","by":"typed"}', '{"digit":7}']) {
      expect(readFormState(`{"strokes":[],"corrections":[[0,${word}]]}`)?.corrections, word).to.be.empty;
    }
    for (const given of ['{}', '7', 'null', '["7"]', '[10]', '[1.5]', '[null]']) {
      expect(readFormState(`{"strokes":[],"given":${given}}`)?.given, given).to.be.null;
    }
    for (const index of ['-1', '0.5', '"0"', 'null']) {
      const text = `{"strokes":[],"corrections":[[${index},{"digit":7,"by":"typed"}]]}`;
      expect(readFormState(text)?.corrections, index).to.be.empty;
    }
  });
});
