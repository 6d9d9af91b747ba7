import { expect } from '@open-wc/testing';
import { LearningError, WriterProfile } from '../../src/learning/index.js';
import type { Recognition } from '../../src/recognition/index.js';
import { featuresOf, leastEnergy, randomNumbers, recognitionOf } from './support.js';

/** A drawing similar to others of the same style, but not the same. */
const alike = (way: number, seed = 1): Float32Array => featuresOf(way, 0.15, randomNumbers(seed));

const sum = ({ predictions }: Recognition): number =>
  predictions.reduce((total, { probability }) => total + probability, 0);

function codeOf(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof LearningError) return error.code;
    throw error;
  }
}

describe('WriterProfile', () => {
  it('reads a rejected drawing as the user has corrected a similar one', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(null, featuresOf(1)), 7);
    expect(profile.size).to.equal(1);
    const answer = profile.apply(recognitionOf(null, alike(1)), leastEnergy);
    expect(answer).to.include({ digit: 7, reason: null, learned: true });
    expect(answer.predictions[0]).to.deep.equal({ digit: 7, probability: answer.confidence });
    expect(answer.confidence).to.be.within(0.9, 0.99);
    expect(answer.predictions.map(({ digit }) => digit).sort()).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(sum(answer)).to.be.closeTo(1, 1e-9);
  });

  it('reads an uncertain drawing as the user has corrected a similar one', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(7, featuresOf(1), { confidence: 0.52 }), 1);
    const answer = profile.apply(recognitionOf(7, alike(1), { confidence: 0.52 }), leastEnergy);
    expect(answer).to.include({ digit: 1, learned: true });
    expect(answer.confidence).to.be.within(0.5, 0.8);
  });

  it('always puts the digit that it answers first, however the lessons disagree', () => {
    /** Features in a direction of a plane, in degrees. */
    const at = (degrees: number): Float32Array => {
      const angle = (degrees * Math.PI) / 180;
      return Float32Array.from({ length: 64 }, (_, index) => [Math.cos(angle), Math.sin(angle)][index] ?? 0);
    };
    for (const [threes, fives] of [
      [1, 0],
      [2, 1],
      [3, 2],
    ]) {
      const profile = new WriterProfile();
      for (let lesson = 0; lesson < threes; lesson++) profile.learn(recognitionOf(7, at(-16 - 2 * lesson)), 3);
      for (let lesson = 0; lesson < fives; lesson++) profile.learn(recognitionOf(7, at(16 + 2 * lesson)), 5);
      for (const confidence of [0.5, 0.7, 0.9, 0.99]) {
        for (let energy = leastEnergy; energy < 6; energy += 0.05) {
          const { digit, predictions } = profile.apply(recognitionOf(7, at(0), { confidence, energy }), leastEnergy);
          expect(digit).to.equal(predictions[0].digit);
        }
      }
    }
  });

  it('does not affect drawings unlike learned ones', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(null, featuresOf(1)), 7);
    for (let way = 2; way < 50; way++) {
      const recognition = recognitionOf(3, featuresOf(way));
      expect(profile.apply(recognition, leastEnergy)).to.equal(recognition);
    }
  });

  it('follows the user immediately for the corrected drawing itself, however certain the network is', () => {
    const profile = new WriterProfile();
    const recognition = recognitionOf(7, featuresOf(1), { confidence: 1 });
    profile.learn(recognition, 1);
    expect(profile.apply(recognition, leastEnergy)).to.include({ digit: 1, learned: true });
  });

  it('overrules a completely certain network only after several lessons with similar drawings', () => {
    const profile = new WriterProfile();
    const sure = (seed: number): Recognition => recognitionOf(7, alike(1, seed), { confidence: 1 });
    const needed = Array.from({ length: 20 }, (_, seed) => seed).find((seed) => {
      profile.learn(sure(seed), 1);
      return profile.apply(sure(100), leastEnergy).learned;
    });
    expect(needed).to.be.within(4, 13);
  });

  it('lets the later one of contradicting lessons win, and changes nothing far away', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(null, featuresOf(2)), 5);
    for (let seed = 0; seed < 5; seed++) profile.learn(recognitionOf(null, alike(1, seed)), 7);
    profile.learn(recognitionOf(null, alike(1, 50)), 4);
    expect(profile.apply(recognitionOf(null, alike(1, 60)), leastEnergy).digit).to.equal(4);
    expect(profile.apply(recognitionOf(null, alike(2)), leastEnergy).digit).to.equal(5);
  });

  it('can learn that a drawing is a non-digit', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(3, featuresOf(1), { energy: leastEnergy + 0.1 }), null);
    const answer = profile.apply(recognitionOf(3, alike(1), { energy: leastEnergy + 0.1 }), leastEnergy);
    expect(answer).to.include({ digit: null, reason: 'not-a-digit', confidence: 0, learned: true });
    expect(sum(answer)).to.be.closeTo(1, 1e-9);
  });

  describe('with rejected drawings unlike all learned ones', () => {
    const refused = (margin: number): Recognition =>
      recognitionOf(null, featuresOf(9), { confidence: 0.8, energy: leastEnergy - margin });
    const taught = (...digits: readonly (number | null)[]): WriterProfile => {
      const profile = new WriterProfile();
      digits.forEach((digit, way) => profile.learn(recognitionOf(null, featuresOf(20 + way)), digit));
      return profile;
    };

    it('answers those rejected by a small margin, once the user has corrected rejected digits', () => {
      const recognition = refused(1);
      const answer = taught(7, 1).apply(recognition, leastEnergy);
      expect(answer).to.include({ digit: 0, reason: null, confidence: 0.8, learned: true });
      expect(answer.predictions).to.equal(recognition.predictions);
      expect(taught(7).apply(recognition, leastEnergy)).to.equal(recognition);
    });

    it('rejects the others, however many digits the user has corrected', () => {
      const recognition = refused(1.2);
      const profile = taught(...Array.from({ length: 200 }, (_, index) => index % 10));
      expect(profile.apply(recognition, leastEnergy)).to.equal(recognition);
    });

    it('rejects as without lessons if the user has taught as many non-digits', () => {
      const recognition = refused(0.1);
      expect(taught(7, 1, null).apply(recognition, leastEnergy).digit).to.equal(0);
      expect(taught(7, 1, null, null).apply(recognition, leastEnergy)).to.equal(recognition);
      const digit = recognitionOf(3, featuresOf(9), { energy: leastEnergy });
      expect(taught(null, null, null).apply(digit, leastEnergy)).to.equal(digit);
    });
  });

  it('works if the energy of digits is unknown', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(3, featuresOf(1), { confidence: 0.5 }), 8);
    expect(profile.apply(recognitionOf(3, alike(1), { confidence: 0.5 }), -Infinity).digit).to.equal(8);
  });

  it('can be used with another model after forgetting', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(null, featuresOf(1)), 7);
    profile.forget();
    expect(profile.size).to.equal(0);
    expect(profile.model).to.equal(null);
    const recognition = recognitionOf(null, featuresOf(1), { model: 'another' });
    expect(profile.apply(recognition, leastEnergy)).to.equal(recognition);
    profile.learn(recognition, 2);
    expect(profile.model).to.equal('another');
  });

  it('keeps 300 lessons, and drops one among many similar ones', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(null, featuresOf(1)), 7);
    for (let seed = 0; seed < 320; seed++) profile.learn(recognitionOf(null, alike(2, seed)), 5);
    expect(profile.size).to.equal(300);
    expect(profile.apply(recognitionOf(null, alike(1)), leastEnergy).digit).to.equal(7);
    expect(profile.apply(recognitionOf(null, alike(2, 999)), leastEnergy).digit).to.equal(5);
  });

  for (const [kind, wrong] of [
    ['at random', (digit: number, random: () => number) => (digit + 1 + Math.floor(random() * 9)) % 10],
    ['always the same way', (digit: number) => (digit + 1) % 10],
  ] as const) {
    it(`loses less than a point in 300 drawings if one in five corrections is wrong, ${kind}`, () => {
      const random = randomNumbers(5);
      const profile = new WriterProfile();
      const drawings = 300;
      let right = 0;
      for (let count = 0; count < drawings; count++) {
        const digit = Math.floor(random() * 10);
        const recognition = recognitionOf(digit, featuresOf(digit, 0.2, random));
        const answer = profile.apply(recognition, leastEnergy);
        if (answer.digit === digit) right += 1;
        if (random() < 0.2) profile.learn(answer, wrong(digit, random));
        else if (answer.digit !== digit) profile.learn(answer, digit);
      }
      expect(right / drawings).to.be.above(0.99);
    });
  }

  describe('as JSON', () => {
    it('gives the same answers after being stored as text', () => {
      const random = randomNumbers(3);
      const profile = new WriterProfile();
      for (let way = 0; way < 40; way++) {
        profile.learn(recognitionOf(null, featuresOf(way, 0.2, random)), way % 11 === 10 ? null : way % 11);
      }
      const text = JSON.stringify(profile);
      for (const json of [text, JSON.parse(text) as unknown]) {
        const kept = WriterProfile.fromJSON(json);
        expect(kept.size).to.equal(profile.size);
        expect(kept.model).to.equal('a model');
        expect(JSON.stringify(kept)).to.equal(text);
        for (let way = 0; way < 60; way++) {
          const recognition = recognitionOf(way % 3 ? null : 8, featuresOf(way, 0.2, random));
          expect(kept.apply(recognition, leastEnergy)).to.deep.equal(profile.apply(recognition, leastEnergy));
        }
      }
    });

    it('keeps negative features', () => {
      const profile = new WriterProfile();
      const values = Float32Array.from({ length: 10 }, (_, index) => index * 3 - 20);
      profile.learn(recognitionOf(null, values), 6);
      const kept = WriterProfile.fromJSON(profile.toJSON());
      expect(kept.apply(recognitionOf(null, values), leastEnergy).digit).to.equal(6);
      expect(
        kept.apply(
          recognitionOf(
            null,
            values.map((value) => -value),
          ),
          leastEnergy,
        ).digit,
      ).to.equal(null);
    });

    it('takes less than 30 KB with 300 lessons', () => {
      const profile = new WriterProfile();
      for (let seed = 0; seed < 300; seed++) profile.learn(recognitionOf(null, alike(1, seed)), 5);
      expect(JSON.stringify(profile).length).to.be.below(30_000);
    });

    it('can be empty', () => {
      expect(WriterProfile.fromJSON(JSON.stringify(new WriterProfile())).size).to.equal(0);
    });

    it('rejects anything but a profile', () => {
      const profile = new WriterProfile();
      profile.learn(recognitionOf(null, featuresOf(1)), 7);
      const good = profile.toJSON();
      const bad: unknown[] = [
        undefined,
        null,
        7,
        '',
        'null',
        '{',
        [],
        {},
        { ...good, version: '1' },
        { ...good, version: 0 },
        { ...good, version: NaN },
        { ...good, model: null },
        { ...good, model: '' },
        { ...good, digits: '77' + '7' },
        { ...good, digits: 'y' },
        { ...good, digits: 7 },
        { ...good, digits: '7'.repeat(301), features: 'A'.repeat(400) },
        { ...good, features: '' },
        { ...good, features: 'not base64!' },
        { ...good, features: 'A'.repeat(1e7) },
        { ...good, features: ['AAAA'] },
      ];
      for (const json of bad)
        expect(
          codeOf(() => WriterProfile.fromJSON(json)),
          JSON.stringify(json)?.slice(0, 80),
        ).to.equal('invalid-profile');
    });

    it('reports that it was written by a newer version', () => {
      expect(codeOf(() => WriterProfile.fromJSON({ version: 2, anything: true }))).to.equal('newer-version');
    });

    it('reads or rejects damaged text, and throws nothing else', () => {
      const random = randomNumbers(11);
      const profile = new WriterProfile();
      for (let way = 0; way < 5; way++) profile.learn(recognitionOf(null, featuresOf(way)), way);
      const text = JSON.stringify(profile);
      for (let count = 0; count < 2000; count++) {
        const at = Math.floor(random() * text.length);
        const damaged =
          count % 3 === 0
            ? text.slice(0, at)
            : text.slice(0, at) + String.fromCharCode(random() * 300) + text.slice(at + 1);
        const code = codeOf(() => {
          const kept = WriterProfile.fromJSON(damaged);
          const recognition = recognitionOf(null, featuresOf(1), { model: kept.model ?? '' });
          expect(sum(kept.apply(recognition, leastEnergy))).to.be.closeTo(1, 1e-9);
        });
        expect(code).to.be.oneOf([null, 'invalid-profile', 'newer-version', 'other-model']);
      }
    });
  });

  it('rejects use with another model, or with features of another length', () => {
    const profile = new WriterProfile();
    profile.learn(recognitionOf(null, featuresOf(1)), 7);
    for (const recognition of [
      recognitionOf(null, featuresOf(1), { model: 'another' }),
      recognitionOf(null, featuresOf(1).slice(0, 10)),
    ]) {
      expect(codeOf(() => profile.apply(recognition, leastEnergy))).to.equal('other-model');
      expect(codeOf(() => profile.learn(recognition, 7))).to.equal('other-model');
    }
    expect(profile.size).to.equal(1);
  });

  it('rejects a recognition without features', () => {
    const profile = new WriterProfile();
    const recognition = { ...recognitionOf(3, featuresOf(1)), features: null };
    expect(codeOf(() => profile.learn(recognition, 4))).to.equal('no-features');
    expect(profile.apply(recognition, leastEnergy)).to.equal(recognition);
  });

  it('rejects features that it could not store', () => {
    const profile = new WriterProfile();
    for (const count of [0, 4097, 200_000]) {
      const values = new Float32Array(count).fill(1);
      expect(codeOf(() => profile.learn(recognitionOf(null, values), 4))).to.equal('no-features');
    }
    profile.learn(recognitionOf(null, new Float32Array(4096).fill(1)), 4);
    expect(WriterProfile.fromJSON(JSON.stringify(profile)).size).to.equal(1);
  });

  it('rejects anything but digits', () => {
    for (const digit of [-1, 10, 1.5, NaN, '7']) {
      const profile = new WriterProfile();
      expect(() => profile.learn(recognitionOf(null, featuresOf(1)), digit as number)).to.throw(
        LearningError,
        'from 0 to 9',
      );
      expect(profile.size).to.equal(0);
    }
  });
});
