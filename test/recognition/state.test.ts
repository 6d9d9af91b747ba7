import { expect } from '@open-wc/testing';
import type { PlacedRecognition } from '../../src/recognition/number-reader.js';
import {
  correctedOf,
  initialState,
  reduce,
  valueOf,
  type RecognitionAction,
  type RecognitionState,
} from '../../src/recognition/state.js';

const ink = [{ points: [{ x: 10, y: 10 }] }];

/** A number whose digits are at the given positions, from left to right. */
const read = (reader: number, ...places: readonly (readonly [x: number, digit: number])[]): RecognitionAction => ({
  type: 'answered',
  answer: {
    source: ink,
    reader,
    recognitions: places.map(
      ([x, digit]) => ({ digit, features: {}, box: { x, y: 0, width: 20, height: 40 } }) as PlacedRecognition,
    ),
  },
});
const type = (digit: number): RecognitionAction => ({ type: 'correct', digit, by: 'typed', author: 'user' });
const anotherModel: RecognitionAction = { type: 'reread', refusal: null };

const after = (...actions: RecognitionAction[]): RecognitionState =>
  actions.reduce(reduce, { ...initialState(ink), multiple: true });

describe('corrections of a number', () => {
  it('apply to one of its digits', () => {
    expect(valueOf(after(read(0, [10, 2], [50, 0]), type(6)))).to.equal('26');
  });

  it('are kept if another model finds the same digits, however it reads them', () => {
    const state = after(read(0, [10, 2], [50, 0]), type(6), anotherModel);
    expect(valueOf(state)).to.equal('');
    expect(valueOf(reduce(state, read(1, [10, 3], [50, 8])))).to.equal('36');
  });

  it('do not apply to other digits that another model finds', () => {
    const state = after(read(0, [10, 2], [50, 0], [80, 1]), type(6), anotherModel);
    expect(valueOf(reduce(state, read(1, [10, 2], [50, 9])))).to.equal('29');
    expect(valueOf(reduce(state, read(1, [10, 2], [45, 0], [80, 1])))).to.equal('201');
  });

  it('are ignored until the number has been read: its digits are unknown', () => {
    const state = after(type(6));
    expect(valueOf(state)).to.equal('');
    expect(valueOf(reduce(state, read(0, [10, 2], [50, 0])))).to.equal('20');
  });

  it('apply to the value that the page has set, read or not', () => {
    expect(valueOf(after({ type: 'set', digits: [2, 0] }, type(6)))).to.equal('26');
  });

  it('are kept with the value that the page has set, however the ink is read', () => {
    const corrected = after({ type: 'set', digits: [2, 0] }, type(6));
    const other = reduce(reduce(reduce(corrected, read(0, [10, 2], [50, 0])), anotherModel), read(1, [10, 7]));
    expect(valueOf(other)).to.equal('26');
    const single = reduce(corrected, { type: 'multiple', multiple: false });
    expect(valueOf(single)).to.equal('26');
    expect(valueOf(reduce(single, { type: 'multiple', multiple: true }))).to.equal('26');
  });

  it('teach nothing about a blank, which has no features', () => {
    const blank = { digit: null, features: null, box: { x: 0, y: 0, width: 0, height: 0 } } as PlacedRecognition;
    const answer = { source: ink, reader: 0, recognitions: [blank] };
    expect(correctedOf(after({ type: 'answered', answer }, type(6)))).to.deep.equal([]);
  });

  it('teach nothing if the value that the page has set has other digits than were read', () => {
    const corrected = after({ type: 'set', digits: [2, 0] }, type(6));
    const digits = (state: RecognitionState) => correctedOf(state).map(({ correction }) => correction.digit);
    expect(digits(reduce(corrected, read(0, [10, 2], [50, 0])))).to.deep.equal([6]);
    expect(digits(reduce(corrected, read(0, [10, 2], [40, 4], [70, 0])))).to.deep.equal([]);
  });
});
