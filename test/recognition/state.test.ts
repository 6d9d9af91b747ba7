import { expect } from '@open-wc/testing';
import type { PlacedRecognition } from '../../src/recognition/number-reader.js';
import {
  initialState,
  reduce,
  valueOf,
  type RecognitionAction,
  type RecognitionState,
} from '../../src/recognition/state.js';

const ink = [{ points: [{ x: 10, y: 10 }] }];

/** A number whose digits stand where `places` says, from left to right. */
const read = (reader: number, ...places: readonly (readonly [x: number, digit: number])[]): RecognitionAction => ({
  type: 'answered',
  answer: {
    source: ink,
    reader,
    recognitions: places.map(([x, digit]) => ({ digit, box: { x, y: 0, width: 20, height: 40 } }) as PlacedRecognition),
  },
});
const type = (digit: number): RecognitionAction => ({ type: 'correct', digit, by: 'typed', author: 'user' });
const anotherModel: RecognitionAction = { type: 'reread', refusal: null };

const after = (...actions: RecognitionAction[]): RecognitionState =>
  actions.reduce(reduce, { ...initialState(ink), multiple: true });

describe('what the user says of a number', () => {
  it('is said of one of its digits', () => {
    expect(valueOf(after(read(0, [10, 2], [50, 0]), type(6)))).to.equal('26');
  });

  it('stays where another model finds the same digits, whatever it reads them as', () => {
    const state = after(read(0, [10, 2], [50, 0]), type(6), anotherModel);
    expect(valueOf(state)).to.equal('');
    expect(valueOf(reduce(state, read(1, [10, 3], [50, 8])))).to.equal('36');
  });

  it('is not said of the digits that another model finds', () => {
    const state = after(read(0, [10, 2], [50, 0], [80, 1]), type(6), anotherModel);
    expect(valueOf(reduce(state, read(1, [10, 2], [50, 9])))).to.equal('29');
    expect(valueOf(reduce(state, read(1, [10, 2], [45, 0], [80, 1])))).to.equal('201');
  });

  it('is nothing before the number has been read: nobody knows which digit is meant', () => {
    const state = after(type(6));
    expect(valueOf(state)).to.equal('');
    expect(valueOf(reduce(state, read(0, [10, 2], [50, 0])))).to.equal('20');
  });

  it('goes for the value that the page has set, read or not', () => {
    expect(valueOf(after({ type: 'set', digits: [2, 0] }, type(6)))).to.equal('26');
  });
});
