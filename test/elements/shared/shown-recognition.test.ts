import { expect, html } from '@open-wc/testing';
import '../../../src/define/digit-predictions.js';
import '../../../src/define/digit-preview.js';
import '../../../src/define/digit-recognizer.js';
import { DigitRecognizer, type DigitPredictions, type DigitPreview } from '../../../src/index.js';
import { fixture, rendered } from '../../support/fixture.js';
import { surface } from '../../support/pad.js';
import { pressKeys } from '../../support/page.js';
import { drawnOne, drawnSeven, playPointer } from '../../support/pointer.js';

const strokes = (drawn: typeof drawnSeven | typeof drawnOne) =>
  drawn.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: x * 100, y: y * 100 })) }));

const best = (predictions: DigitPredictions): string =>
  predictions.shadowRoot!.querySelector<HTMLElement>('[part~=digit]')!.innerText;
const hasPicture = (preview: DigitPreview): boolean =>
  !preview.shadowRoot!.querySelector('canvas')!.ariaLabel!.includes('nothing yet');

async function recognizer(drawn: typeof drawnSeven | typeof drawnOne, id = 'pad'): Promise<DigitRecognizer> {
  const element = document.createElement('digit-recognizer');
  element.id = id;
  element.backend = 'wasm';
  element.strokes = strokes(drawn);
  const holder = await fixture<HTMLElement>(html`<div></div>`);
  holder.append(element);
  await element.recognitionComplete;
  return element;
}

describe('an element that names its recognizer', () => {
  let holder: HTMLElement;
  let predictions: DigitPredictions;
  let preview: DigitPreview;

  beforeEach(async () => {
    holder = await fixture(
      html`<div><digit-predictions for="pad"></digit-predictions><digit-preview for="pad"></digit-preview></div>`,
    );
    predictions = holder.querySelector('digit-predictions')!;
    preview = holder.querySelector('digit-preview')!;
  });

  const expectShown = async (digit: string): Promise<void> => {
    await rendered();
    expect(best(predictions)).to.equal(digit);
    expect(hasPicture(preview)).to.equal(digit !== '–');
  };

  it('shows nothing while there is none with that id, and its answer once there is', async () => {
    await expectShown('–');
    await recognizer(drawnSeven);
    await expectShown('7');
  });

  it('shows changes from then on', async () => {
    const pad = await recognizer(drawnSeven);
    await expectShown('7');
    pad.strokes = strokes(drawnOne);
    await pad.recognitionComplete;
    await expectShown('1');
  });

  it('disconnects when the recognizer is removed, and connects to the one that replaces it', async () => {
    const pad = await recognizer(drawnSeven);
    await expectShown('7');
    pad.remove();
    await expectShown('–');
    await recognizer(drawnOne);
    await expectShown('1');
  });

  it('ends its stroke when switched to another recognizer', async () => {
    const [first, second] = [await recognizer(drawnSeven, 'first'), await recognizer(drawnSeven, 'second')];
    const pad = document.createElement('digit-pad');
    pad.htmlFor = 'first';
    holder.append(pad);
    await rendered();
    const { left, top } = surface(pad).getBoundingClientRect();
    const at = (y: number) => ({ x: left + 90, y: top + y });
    const begun = {
      pointer: () =>
        playPointer('mouse', [
          { type: 'down', ...at(40) },
          { type: 'move', ...at(90) },
        ]),
      keyboard: async () => {
        pad.focus();
        await pressKeys('Space');
        await pressKeys('ArrowDown');
      },
    };
    for (const [by, begin] of Object.entries(begun)) {
      pad.htmlFor = 'first';
      await pad.updateComplete;
      const before = first.strokes.length;
      await begin();
      expect(pad.matches(':state(drawing)'), by).to.be.true;
      pad.htmlFor = 'second';
      await pad.updateComplete;
      await playPointer('mouse', [
        { type: 'move', ...at(140) },
        { type: 'up', ...at(140) },
      ]);
      expect(first.strokes, by).to.have.length(before + 1);
      expect(first.strokes.at(-1)!.points, by).to.have.length(2);
      await first.recognitionComplete;
      expect(first.shadowRoot!.querySelector('digit-pad')!.matches(':state(drawing)'), by).to.be.false;
      expect(second.strokes, by).to.have.length(1);
      expect(pad.matches(':state(drawing)'), by).to.be.false;
    }
  });

  it('follows changes of the id, on both sides', async () => {
    const pad = await recognizer(drawnSeven);
    await recognizer(drawnOne, 'other');
    await expectShown('7');
    predictions.htmlFor = 'other';
    preview.setAttribute('for', 'other');
    await expectShown('1');
    pad.id = 'renamed';
    predictions.htmlFor = preview.htmlFor = 'renamed';
    await expectShown('7');
    pad.id = 'pad';
    await expectShown('–');
    predictions.htmlFor = preview.htmlFor = '';
    await expectShown('–');
  });

  it('waits for a recognizer whose tag is not defined yet', async () => {
    const later = document.createElement('answer-later');
    later.id = 'pad';
    holder.append(later);
    await expectShown('–');
    customElements.define('answer-later', class extends DigitRecognizer {});
    const defined = later as DigitRecognizer;
    defined.backend = 'wasm';
    defined.strokes = strokes(drawnSeven);
    await defined.recognitionComplete;
    await expectShown('7');
  });

  it('finds it only in its own shadow tree', async () => {
    await recognizer(drawnSeven);
    const host = await fixture<HTMLElement>(html`<div></div>`);
    const root = host.attachShadow({ mode: 'open' });
    root.append(predictions, preview);
    await expectShown('–');
    const inner = await recognizer(drawnOne);
    root.append(inner);
    await inner.recognitionComplete;
    await expectShown('1');
  });

  it('takes precedence over the recognizer around it', async () => {
    await recognizer(drawnSeven);
    const around = await recognizer(drawnOne, 'around');
    around.append(predictions, preview);
    await expectShown('7');
    predictions.removeAttribute('for');
    preview.removeAttribute('for');
    await expectShown('1');
  });

  it('accepts a recognizer as a property, which takes precedence over the id, even outside the document', async () => {
    await recognizer(drawnSeven);
    const other = await recognizer(drawnOne, 'other');
    predictions.recognizer = preview.recognizer = other;
    await expectShown('1');
    predictions.recognizer = preview.recognizer = null;
    await expectShown('7');
  });

  it('shows the same if a framework passes no recognizer', async () => {
    const around = await recognizer(drawnOne, 'around');
    const [inner, pads] = [
      document.createElement('digit-predictions'),
      ['', 'pad'].map(() => document.createElement('digit-pad')),
    ];
    around.append(inner, pads[0]);
    pads[1].htmlFor = 'pad';
    holder.append(pads[1]);
    const named = await recognizer(drawnSeven);
    for (const element of [inner, predictions, preview, ...pads]) element.recognizer = undefined as never;
    await expectShown('7');
    expect(best(inner)).to.equal('1');
    expect(pads.map(({ strokes }) => strokes)).to.deep.equal([around.strokes, named.strokes]);
  });

  it('ignores other elements', async () => {
    const impostor = document.createElement('p');
    impostor.id = 'pad';
    holder.append(impostor);
    await expectShown('–');
  });

  it('has no listeners after being removed', async () => {
    const pad = await recognizer(drawnSeven);
    await expectShown('7');
    predictions.remove();
    await rendered();
    let renderings = 0;
    const update = predictions.requestUpdate.bind(predictions);
    predictions.requestUpdate = (...values: Parameters<typeof update>) => {
      renderings += 1;
      update(...values);
    };
    pad.strokes = strokes(drawnOne);
    await pad.recognitionComplete;
    await rendered();
    expect(renderings).to.equal(0);
    holder.append(predictions);
    await expectShown('1');
  });
});
