import { expect } from '@open-wc/testing';
import { html, type TemplateResult } from 'lit';
import '../../src/define.js';
import type { DigitRecognizer } from '../../src/index.js';
import { fixture, rendered } from '../support/fixture.js';
import { asStrokes, drawnNumber } from '../support/number.js';
import { isWebKitGtk, setViewport } from '../support/page.js';

const elements: Record<string, TemplateResult> = {
  'digit-recognizer': html`<digit-recognizer></digit-recognizer>`,
  'digit-recognizer multiple': html`<digit-recognizer multiple></digit-recognizer>`,
  'digit-recognizer pictures correctable': html`<digit-recognizer pictures correctable></digit-recognizer>`,
  'digit-pad': html`<digit-pad></digit-pad>`,
  'digit-predictions': html`<digit-predictions></digit-predictions>`,
  'digit-preview': html`<digit-preview></digit-preview>`,
  'digit-preview view="steps"': html`<digit-preview view="steps"></digit-preview>`,
};

/** Parents that are never narrower than what is in them. */
const parents: Record<string, (element: TemplateResult) => TemplateResult> = {
  'a fieldset': (element) => html`<fieldset>${element}</fieldset>`,
  'a fieldset in a padded page': (element) => html`<div style="padding: 8px"><fieldset>${element}</fieldset></div>`,
  'a grid': (element) => html`<div style="display: grid">${element}</div>`,
  'a flex row': (element) => html`<div style="display: flex">${element}</div>`,
  'a table': (element) =>
    html`<table>
      <tr>
        <td>${element}</td>
      </tr>
    </table>`,
  'an inline block': (element) => html`<div style="display: inline-block">${element}</div>`,
};

describe('On a narrow screen', () => {
  // Debian's WebKit has no narrower windows.
  beforeEach(() => setViewport({ width: isWebKitGtk ? 450 : 320, height: 600 }));
  after(() => setViewport({ width: 800, height: 600 }));

  for (const [name, element] of Object.entries(elements)) {
    for (const [where, wrap] of Object.entries(parents)) {
      it(`<${name}> fits in ${where}`, async () => {
        const parent = await fixture<HTMLElement>(wrap(element));
        await rendered();
        const { scrollWidth, clientWidth } = document.documentElement;
        expect(scrollWidth).to.equal(clientWidth);
        expect(parent.querySelector(name.split(' ')[0])!.getBoundingClientRect().width).to.be.above(80);
      });
    }
  }
});

describe('A <digit-recognizer> whose preview prefers to be larger than the space for it', () => {
  for (const width of [460, 480, 560, 620]) {
    it(`keeps its parts inside at ${width} px`, async () => {
      const recognizer = await fixture<HTMLElement>(
        html`<digit-recognizer
          style="width: ${width}px; --digit-pad-size: 24rem; --digit-preview-size: 12rem"
        ></digit-recognizer>`,
      );
      await rendered();
      const { right } = recognizer.getBoundingClientRect();
      for (const part of recognizer.shadowRoot!.querySelectorAll('digit-pad, digit-preview, digit-predictions')) {
        expect(part.getBoundingClientRect().right, part.localName).to.be.at.most(right + 0.5);
      }
    });
  }
});

describe('A narrow <digit-recognizer> with text of twice the size', () => {
  for (const multiple of [false, true]) {
    it(`keeps its percentages and its notice inside${multiple ? ', for numbers, too' : ''}`, async () => {
      const recognizer = await fixture<DigitRecognizer>(
        html`<digit-recognizer
          style="width: 230px; font-size: 32px"
          backend="wasm"
          ?multiple=${multiple}
          .strokes=${asStrokes(drawnNumber('2', { x: 80, y: 40, size: 150 }))}
        ></digit-recognizer>`,
      );
      await recognizer.recognitionComplete;
      await rendered();
      expect(recognizer.value).to.equal('2');
      const { right } = recognizer.getBoundingClientRect();
      const predictions = recognizer.shadowRoot!.querySelector('digit-predictions')!;
      const notice = recognizer.shadowRoot!.querySelector('[part~=notice]')!;
      for (const text of [...predictions.shadowRoot!.querySelectorAll('.percentage'), notice]) {
        const range = document.createRange();
        range.selectNodeContents(text);
        expect(range.getBoundingClientRect().right, text.textContent.trim()).to.be.at.most(right + 0.5);
      }
    });
  }
});
