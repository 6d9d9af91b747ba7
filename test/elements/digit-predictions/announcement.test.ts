import { expect } from '@open-wc/testing';
import {
  announce,
  describeSecond,
  type AnnouncedSnapshot,
} from '../../../src/elements/digit-predictions/announcement.js';
import type { Row } from '../../../src/elements/digit-predictions/rows.js';
import type { Recognition } from '../../../src/index.js';
import { en } from '../../../src/messages/index.js';

const row = (digit: number, probability: number): Row => ({
  digit,
  probability,
  percentage: `${(probability * 100).toFixed(1)}%`,
});

const recognitionOf = (digit: number | null, changed: Partial<Recognition> = {}): Recognition => ({
  digit,
  reason: digit === null ? 'not-a-digit' : null,
  confidence: digit === null ? 0 : 0.9,
  predictions: [],
  energy: 0,
  image: new Float32Array(784),
  learned: false,
  features: null,
  backend: 'wasm',
  timings: { prepare: 0, infer: 0 },
  ...changed,
});

/** A recognizer's state with these answers, the first selected. */
const snapshotOf = (recognitions: Recognition[], changed: Partial<AnnouncedSnapshot> = {}): AnnouncedSnapshot => ({
  recognitions,
  recognition: recognitions.at(0) ?? null,
  digits: recognitions.map(({ digit }) => digit),
  correction: null,
  empty: recognitions.length === 0,
  given: null,
  ...changed,
});

const sevenOrOne = [row(7, 0.9), row(1, 0.06), row(9, 0.04)];

interface SettledAnswer {
  readonly rows?: readonly Row[];
  readonly unsure?: boolean;
  readonly snapshot?: AnnouncedSnapshot;
}

const announced = ({ rows = [], unsure = false, snapshot }: SettledAnswer): string =>
  announce(rows, unsure, snapshot, { messages: en, language: 'en' });

describe('announcement of an answer', () => {
  it('is the best digit, with the second-best if it is likely enough', () => {
    expect(announced({ rows: sevenOrOne })).to.equal('7, 90.0% sure. Second best: 1, 6.0%');
    expect(announced({ rows: [row(7, 0.95), row(1, 0.05)] })).to.equal('7, 95.0% sure. Second best: 1, 5.0%');
    expect(announced({ rows: [row(7, 0.951), row(1, 0.049)] })).to.equal('7, 95.1% sure');
    expect(announced({ rows: [row(7, 1)] })).to.equal('7, 100.0% sure');
  });

  it('is the same for the predictions of a page and those of a recognizer', () => {
    const snapshot = snapshotOf([recognitionOf(7)]);
    expect(announced({ rows: sevenOrOne, snapshot })).to.equal(announced({ rows: sevenOrOne }));
  });

  it('is nothing without an answer', () => {
    expect(announced({})).to.equal('');
    expect(announced({ snapshot: snapshotOf([]) })).to.equal('');
  });

  it('says that nothing was recognized in a blank picture', () => {
    const blank = recognitionOf(null, { reason: 'blank' });
    expect(announced({ snapshot: snapshotOf([blank]) })).to.equal(en.nothingRecognized);
    expect(announced({ snapshot: snapshotOf([], { empty: false }) })).to.equal(en.nothingRecognized);
  });

  it('names the nearest digit of a non-digit, without a percentage', () => {
    expect(announced({ rows: sevenOrOne, unsure: true })).to.equal('Not sure this is a digit. Closest match: 7');
  });

  it('says that an answer was learned from corrections, instead of the second-best digit', () => {
    const snapshot = snapshotOf([recognitionOf(7, { learned: true })]);
    expect(announced({ rows: sevenOrOne, snapshot })).to.equal('7, 90.0% sure. Learned from your corrections');
  });

  it('is the correction, picked or typed, whatever the network has answered', () => {
    const corrected = (by: 'picked' | 'typed'): AnnouncedSnapshot =>
      snapshotOf([recognitionOf(null)], { digits: [4], correction: { digit: 4, by } });
    expect(announced({ rows: sevenOrOne, unsure: true, snapshot: corrected('picked') })).to.equal('4, your answer');
    expect(announced({ rows: sevenOrOne, unsure: true, snapshot: corrected('typed') })).to.equal('4, typed');
  });

  it('is nothing for a value that the page has set, until the user corrects it', () => {
    const snapshot = snapshotOf([], { given: [4], digits: [4] });
    expect(announced({ snapshot })).to.equal('');
    expect(announced({ snapshot: { ...snapshot, digits: [5], correction: { digit: 5, by: 'typed' } } })).to.equal(
      '5, typed',
    );
  });

  describe('of several digits', () => {
    it('is the number, with the probability that all of its digits are right', () => {
      const recognitions = [recognitionOf(7, { confidence: 0.9 }), recognitionOf(1, { confidence: 0.5 })];
      expect(announced({ snapshot: snapshotOf(recognitions) })).to.equal('71, 45.0% sure');
    });

    it('has question marks for those that are not recognized', () => {
      const snapshot = snapshotOf([recognitionOf(7), recognitionOf(null)]);
      expect(announced({ rows: sevenOrOne, snapshot })).to.equal('7?. Not sure these are all digits');
    });

    it("is the user's number as soon as one digit is corrected", () => {
      const recognitions = [recognitionOf(7), recognitionOf(1)];
      const snapshot = snapshotOf(recognitions, { digits: [7, 4], correction: null });
      expect(announced({ snapshot })).to.equal('74, your answer');
      expect(announced({ snapshot: { ...snapshot, correction: { digit: 4, by: 'typed' } } })).to.equal(
        '74, your answer',
      );
    });
  });
});

describe('text for the second-best digit', () => {
  it('names it, however unlikely, if there is one', () => {
    expect(describeSecond([row(7, 0.999), row(1, 0.001)], en)).to.equal('Second best: 1, 0.1%');
    expect(describeSecond([row(7, 1)], en)).to.equal('');
    expect(describeSecond([], en)).to.equal('');
  });
});
