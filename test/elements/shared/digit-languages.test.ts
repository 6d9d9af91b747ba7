import { expect, html, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import { registerMessages, type DigitPad, type DigitRecognizer } from '../../../src/index.js';
import {
  formatPercentage,
  formatValue,
  formatWhole,
  formatWholePercentage,
} from '../../../src/elements/shared/number-formats.js';
import { fixture } from '../../support/fixture.js';

const undo = (pad: Element): string | null | undefined =>
  pad.shadowRoot!.querySelector('button')?.getAttribute('aria-label');
const says = (pad: Element, text: string): Promise<void> => waitUntil(() => undo(pad) === text, `it says ${text}`);

describe('the language of the elements', () => {
  afterEach(() => {
    document.documentElement.lang = '';
  });

  it('is that of the page, and follows it', async () => {
    const pad = await fixture<DigitPad>(html`<digit-pad></digit-pad>`);
    await says(pad, 'Undo');
    document.documentElement.lang = 'de-AT';
    await says(pad, 'Rückgängig');
    document.documentElement.lang = 'en';
    await says(pad, 'Undo');
  });

  it('is that of the nearest ancestor, or its own, across shadow roots', async () => {
    const outer = await fixture<HTMLElement>(html`<div lang="fr"><section></section></div>`);
    const root = outer.firstElementChild!.attachShadow({ mode: 'open' });
    const inner = document.createElement('p');
    const pad = document.createElement('digit-pad');
    inner.append(pad);
    root.append(inner);
    await says(pad, 'Annuler');
    inner.lang = 'es';
    await says(pad, 'Deshacer');
    pad.lang = 'ja';
    await says(pad, '元に戻す');
    pad.removeAttribute('lang');
    inner.removeAttribute('lang');
    await says(pad, 'Annuler');
    outer.lang = 'zh-Hans';
    await says(pad, '撤销');
  });

  it('reaches the parts of a recognizer, and formats their numbers', async () => {
    const element = await fixture<DigitRecognizer>(html`<digit-recognizer lang="de" top="10"></digit-recognizer>`);
    const pad = element.shadowRoot!.querySelector('digit-pad')!;
    await says(pad, 'Rückgängig');
    const points = [0, 1, 2, 3, 4].map((step) => ({ x: 140, y: 40 + step * 50 }));
    await element.recognize([{ points }]);
    const list = element.shadowRoot!.querySelector('digit-predictions')!.shadowRoot!;
    await waitUntil(
      () => /\d,\d\s?%/.test(list.querySelector('[part~=percentage]')?.textContent ?? ''),
      'a comma, as in German',
    );
  });

  it('is set by every lang attribute that a template can render', async () => {
    const element = await fixture<DigitRecognizer>(html`<digit-recognizer></digit-recognizer>`);
    element.strokes = [{ points: [0, 1, 2, 3, 4].map((step) => ({ x: 140, y: 40 + step * 50 })) }];
    await element.recognitionComplete;
    const list = element.shadowRoot!.querySelector('digit-predictions')!;
    for (const lang of ['en-', 'de_', '-', '${lang}', 'x', 'ja-', 'zh-Hant-']) {
      element.lang = lang;
      await element.updateComplete;
      await list.updateComplete;
      expect(list.shadowRoot!.querySelector('[part~=percentage]')?.textContent, lang).to.match(/[0-9]/);
    }
  });

  it('writes all numbers in the digits that are drawn and submitted', async () => {
    for (const lang of ['ar-EG', 'fa', 'mr', 'ne', 'my']) {
      const texts = [
        formatWhole(lang, 3),
        formatPercentage(lang, 0.975),
        formatWholePercentage(lang, 0.5),
        formatValue(lang, 0.25),
      ];
      for (const text of texts) expect(text, lang).to.match(/^(?=.*[0-9])[^\p{Nd}]*([0-9][^\p{Nd}]*)+$/u);
    }
  });

  it("applies the page's own messages immediately", async () => {
    const pad = await fixture<DigitPad>(html`<digit-pad lang="nl"></digit-pad>`);
    await says(pad, 'Undo');
    registerMessages('nl', { undo: 'Ongedaan maken' });
    await says(pad, 'Ongedaan maken');
  });

  it('fetches only the language in use', async () => {
    const pad = await fixture<DigitPad>(html`<digit-pad lang="hi"></digit-pad>`);
    await says(pad, 'पूर्ववत करें');
    const fetched = performance
      .getEntriesByType('resource')
      .map(({ name }) => /messages\/([a-z]{2})\.[jt]s/.exec(name)?.[1])
      .filter((language) => language !== undefined);
    expect(fetched).to.include('hi');
    expect(fetched).not.to.include('ar');
  });

  it('leaves no observer behind', async () => {
    const methods = Object.getOwnPropertyDescriptors(MutationObserver.prototype);
    const open = new Set<MutationObserver>();
    Object.defineProperties(MutationObserver.prototype, {
      observe: {
        ...methods.observe,
        value(this: MutationObserver, node: Node, options?: MutationObserverInit) {
          if (options?.attributeFilter?.includes('lang')) open.add(this);
          methods.observe.value!.call(this, node, options);
        },
      },
      disconnect: {
        ...methods.disconnect,
        value(this: MutationObserver) {
          open.delete(this);
          methods.disconnect.value!.call(this);
        },
      },
    });
    try {
      const holder = await fixture<HTMLElement>(html`<div></div>`);
      holder.append(...Array.from({ length: 50 }, () => document.createElement('digit-pad')));
      expect(open.size).to.equal(1);
      holder.replaceChildren();
      expect(open.size).to.equal(0);
    } finally {
      Object.defineProperties(MutationObserver.prototype, methods);
    }
  });
});
