import { expect } from '@open-wc/testing';
import type { PlacedRecognition } from '../../src/recognition/recognition.js';
import {
  correctedOf,
  initialState,
  reduce,
  removableCorrection,
  selectedIndex,
  valueOf,
  type RecognitionAction,
  type RecognitionState,
} from '../../src/recognition/state.js';

const ink = [{ points: [{ x: 10, y: 10 }] }];

/** A number whose digits are at the given positions, from left to right. */
const read = (reader: number, ...digits: readonly (readonly [x: number, digit: number])[]): RecognitionAction => ({
  type: 'answered',
  answer: {
    source: ink,
    reader,
    recognitions: digits.map(
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

  it('are typed one after the other if the number cannot be read, and outlast another attempt', () => {
    const failed = after({ type: 'failed', error: new Error('offline') });
    const back: RecognitionAction = { type: 'correct', digit: null, by: 'typed', author: 'user' };
    const typed = [type(2), type(0), type(3), back, type(2), { type: 'retry' } as const, type(6)].reduce(
      reduce,
      failed,
    );
    expect(valueOf(typed)).to.equal('2026');
    expect(valueOf(reduce(typed, read(0, [10, 7], [50, 7])))).to.equal('2026');
    const none = [back, back, back, back].reduce(reduce, typed);
    expect(valueOf(none)).to.equal('');
    expect(valueOf(reduce(none, read(0, [10, 7], [50, 7])))).to.equal('77');
  });

  it('are typed one after the other if no digits have been found', () => {
    const typed = [type(1), type(2), type(3)].reduce(reduce, after(read(0)));
    expect(valueOf(typed)).to.equal('123');
    const back: RecognitionAction = { type: 'correct', digit: null, by: 'typed', author: 'user' };
    expect(valueOf(reduce(typed, back))).to.equal('12');
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

  it('are taken back together with the value that the page has set', () => {
    const set = after({ type: 'set', digits: [1, 2] }, read(0, [10, 3], [50, 3], [80, 3]));
    const first: RecognitionAction = { type: 'select', index: 0 };
    const takeBack: RecognitionAction = { type: 'correct', digit: null, by: 'typed', author: 'user' };
    const corrected = [type(7), first, type(9)].reduce(reduce, set);
    expect(valueOf(corrected)).to.equal('97');
    const taken = reduce(corrected, takeBack);
    expect(valueOf(taken)).to.equal('333');
    expect(correctedOf(taken)).to.deep.equal([]);
  });

  it('are taken back though the next digit is selected by then', () => {
    const unsure: RecognitionAction = {
      type: 'answered',
      answer: { source: ink, reader: 0, recognitions: [null, 3].map((digit) => ({ digit }) as PlacedRecognition) },
    };
    const typed = after(unsure, type(7));
    expect([valueOf(typed), selectedIndex(typed)]).to.deep.equal(['73', 1]);
    expect(removableCorrection(typed)).to.deep.include({ digit: 7, by: 'typed' });
  });

  it('are taken back from the end on an empty pad, one by one', () => {
    const typed = [1, 2, 3].map(type).reduce(reduce, { ...initialState([]), multiple: true });
    const takeBack: RecognitionAction = { type: 'correct', digit: null, by: 'typed', author: 'user' };
    const values = [0, 1, 2].map((count) =>
      valueOf(Array.from({ length: count }, () => takeBack).reduce(reduce, typed)),
    );
    expect(values).to.deep.equal(['123', '12', '1']);
  });

  it('are ignored while the number is unknown, and then cancel nothing', () => {
    const offer = { source: new Blob(), author: 'user', fallback: 'user', fault: null } as const;
    const pending = after({ type: 'offer', offer });
    expect(reduce(pending, type(5))).to.equal(pending);
    const other = [{ points: [{ x: 1, y: 1 }] }];
    const drawing: RecognitionAction = { type: 'ink', strokes: other, drawing: true, author: 'user' };
    const discarded: RecognitionAction = { type: 'ink', strokes: ink, drawing: false, author: 'user' };
    const touched = [{ type: 'set', digits: [4, 2] } as const, drawing, type(5), discarded].reduce(reduce, after());
    expect(valueOf(touched)).to.equal('42');
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

describe('the selected digit of a number', () => {
  const first: RecognitionAction = { type: 'select', index: 0 };

  it('is where its ink is after another answer, or none', () => {
    const selected = after(read(0, [100, 2], [200, 2]), first, anotherModel);
    expect(selectedIndex(reduce(selected, read(1, [30, 2], [100, 2], [200, 2])))).to.equal(1);
    expect(selectedIndex(reduce(selected, read(1, [30, 2], [140, 2], [200, 2])))).to.equal(2);
  });
});

describe('the author of an answer', () => {
  it('is the page for what it has set, though a stroke has been discarded meanwhile', () => {
    const more = [...ink, { points: [{ x: 1, y: 1 }] }];
    const set: RecognitionAction = { type: 'ink', strokes: ink, drawing: false, author: 'page' };
    const drawing: RecognitionAction = { type: 'ink', strokes: more, drawing: true, author: 'user' };
    const discarded: RecognitionAction = { type: 'ink', strokes: ink, drawing: false, author: 'user' };
    expect([set, drawing, discarded].reduce(reduce, initialState([])).author).to.equal('page');
    expect([set, drawing].reduce(reduce, initialState([])).author).to.equal('user');
    // Its value in mid-stroke was reported, so that of the page is, too.
    const inMidStroke: RecognitionAction = {
      type: 'answered',
      answer: { source: more, reader: 0, recognitions: [{ digit: 7, features: {} } as PlacedRecognition] },
    };
    const read = [set, drawing, inMidStroke].reduce(reduce, initialState([]));
    expect(valueOf(read)).to.equal('7');
    expect(reduce(read, discarded).author).to.equal('user');
  });
});

describe('a value that the page has set', () => {
  it('returns with a discarded stroke, though several digits are read since', () => {
    const drawing: RecognitionAction = {
      type: 'ink',
      strokes: [...ink, { points: [{ x: 1, y: 1 }] }],
      drawing: true,
      author: 'user',
    };
    const discarded: RecognitionAction = { type: 'ink', strokes: ink, drawing: false, author: 'user' };
    const single = reduce(initialState(ink), { type: 'set', digits: [4] });
    expect(
      valueOf([drawing, { type: 'multiple', multiple: true } as const, discarded].reduce(reduce, single)),
    ).to.equal('4');
  });
});
