import { expect, html } from '@open-wc/testing';
import '../../../src/define.js';
import type { DigitRecognizer, Strokes } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';

const strokes: Strokes = [{ points: [60, 110, 160, 210].map((y) => ({ x: 140, y })) }];

describe('the history of a recognizer', () => {
  it('is kept when it is cleared, unless requested otherwise', async () => {
    const element = await fixture<DigitRecognizer>(html`<digit-recognizer></digit-recognizer>`);
    element.strokes = strokes;
    element.clear();
    element.undo();
    expect(element.strokes).to.deep.equal(strokes);
    element.clear({ history: true });
    expect(element.strokes).to.be.empty;
    element.undo();
    element.redo();
    expect(element.strokes).to.be.empty;
  });

  it('is discarded when its form is reset: the next user may be another one', async () => {
    const form = await fixture<HTMLFormElement>(html`<form><digit-recognizer></digit-recognizer></form>`);
    const element = form.querySelector('digit-recognizer')!;
    for (let digit = 0; digit < 4; digit += 1) {
      element.strokes = strokes;
      element.clear();
    }
    form.reset();
    for (let step = 0; step < 10; step += 1) element.undo();
    expect(element.strokes).to.be.empty;
  });

  it('is not lost to invalid strokes', async () => {
    const element = await fixture<DigitRecognizer>(html`<digit-recognizer></digit-recognizer>`);
    element.strokes = strokes;
    for (const none of [null, '7', 7, [{}], [null], [{ points: [{ x: NaN, y: 1 }] }]]) {
      expect(() => (element.strokes = none as Strokes))
        .to.throw()
        .with.property('code', 'invalid-drawing');
      const failure: unknown = await element.recognize([none] as unknown as Strokes).catch((error: unknown) => error);
      expect(failure).to.have.property('code', 'invalid-drawing');
      expect(element.strokes).to.deep.equal(strokes);
    }
  });
});
