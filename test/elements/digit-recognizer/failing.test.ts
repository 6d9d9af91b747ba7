import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import { loadMessages, type DigitRecognizer } from '../../../src/index.js';
import { en } from '../../../src/messages/index.js';
import { fr } from '../../../src/messages/fr.js';
import { fixture } from '../../support/fixture.js';

const strokes = [{ points: [60, 110, 160, 210].map((y) => ({ x: 140, y })) }];

const alertOf = (element: DigitRecognizer): HTMLElement | null => element.shadowRoot!.querySelector('[role=alert]');

describe('a recognizer that fails', () => {
  const { fetch } = globalThis;
  const { error: log } = console;
  let logged: unknown[][];

  beforeEach(() => {
    logged = [];
    console.error = (...words: unknown[]) => logged.push(words);
  });

  afterEach(() => {
    globalThis.fetch = fetch;
    console.error = log;
  });

  it("speaks the user's language, and informs developers in the console and the event", async () => {
    await loadMessages('fr');
    globalThis.fetch = () => Promise.resolve(new Response('Not found', { status: 404 }));
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer lang="fr" loading="lazy" backend="wasm" model="reference"></digit-recognizer>`,
    );
    const failed = oneEvent(element, 'digit-error') as Promise<unknown> as Promise<{ error: Error }>;
    element.strokes = strokes;
    const { error } = await failed;
    expect(error.message).to.match(/reference.*404/);
    expect(logged.flat()).to.include(error);
    await element.updateComplete;
    expect(alertOf(element)!.innerText).to.include(fr.loadingFailed).and.to.include(fr.inkKept);
    expect(element.shadowRoot!.textContent).not.to.match(/onnx|404|http/);
  });

  it('retries automatically when the device is online again', async () => {
    globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const element = document.createElement('digit-recognizer');
    // Nothing else in this page has requested it.
    element.model = 'reference';
    element.backend = 'wasm';
    document.body.append(element);
    try {
      element.strokes = strokes;
      await waitUntil(() => element.status === 'error', 'it fails', { timeout: 20_000 });
      expect(element.error).to.have.property('code', 'network');
      await element.updateComplete;
      expect(alertOf(element)!.innerText).to.include(en.loadingOffline);
      expect(element.validationMessage).to.equal(en.loadingOffline);
      globalThis.fetch = fetch;
      dispatchEvent(new Event('online'));
      await waitUntil(() => element.value === '1', 'it reads', { timeout: 20_000 });
      await element.updateComplete;
      expect(alertOf(element)).to.be.null;
    } finally {
      element.remove();
    }
  });

  it('offers to retry what retrying may fix', async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" model="/faults/missing.onnx?retry"></digit-recognizer>`,
    );
    await waitUntil(() => element.status === 'error', 'it fails', { timeout: 20_000 });
    await element.updateComplete;
    expect(alertOf(element)!.querySelector('[part=retry]')).to.exist;
    element.setAttribute('backend', 'gpu');
    await element.updateComplete;
    expect(alertOf(element)!.innerText).to.include(en.wrongSetting);
    expect(alertOf(element)!.querySelector('[part=retry]')).to.be.null;
  });

  it('does not retry failures that being online cannot fix', async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" model="/faults/missing.onnx?online"></digit-recognizer>`,
    );
    await waitUntil(() => element.status === 'error', 'it fails', { timeout: 20_000 });
    let told = 0;
    element.addEventListener('digit-status', () => (told += 1));
    dispatchEvent(new Event('online'));
    await element.updateComplete;
    expect(told).to.equal(0);
  });
});

describe('events that a recognizer leaves to the page', () => {
  it('include the keys of slotted content', async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer
        ><digit-pad></digit-pad><input value="12" /><select></select
        ><button></button
      ></digit-recognizer>`,
    );
    const pad = element.querySelector('digit-pad')!;
    await pad.updateComplete;
    const surface = pad.shadowRoot!.querySelector<HTMLElement>('[part~=surface]')!;
    const press = (target: Element, key: string, modifiers: KeyboardEventInit = {}): void => {
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...modifiers }),
      );
    };
    press(surface, '7');
    expect(element.value).to.equal('7');
    for (const target of element.querySelectorAll('input, select, button')) {
      for (const key of ['Backspace', 'Escape']) press(target, key);
    }
    press(surface, 'Backspace', { altKey: true });
    expect(element.value).to.equal('7');
    press(surface, 'Backspace');
    expect(element.value).to.equal('');
  });

  it('include no event of the file input', async () => {
    const element = await fixture<DigitRecognizer>(html`<digit-recognizer pictures></digit-recognizer>`);
    const heard: string[] = [];
    for (const type of ['input', 'change']) element.addEventListener(type, () => heard.push(type));
    const field = element.shadowRoot!.querySelector('input')!;
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    expect(heard).to.deep.equal([]);
  });

  it('include history navigation by Alt and an arrow', async () => {
    const preview = await fixture<HTMLElementTagNameMap['digit-preview']>(
      html`<digit-preview controls></digit-preview>`,
    );
    const tab = preview.shadowRoot!.querySelector('[role=tab]')!;
    const press = (modifiers: KeyboardEventInit): boolean =>
      tab.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'ArrowLeft',
          bubbles: true,
          composed: true,
          cancelable: true,
          ...modifiers,
        }),
      );
    for (const modifier of ['altKey', 'ctrlKey', 'metaKey']) expect(press({ [modifier]: true }), modifier).to.be.true;
    expect(preview.view).to.equal('input');
    expect(press({})).to.be.false;
    expect(preview.view).not.to.equal('input');
  });
});

describe('the width of a pad', () => {
  for (const [size, width, least, most] of [
    ['100%', 900, 600, 720],
    ['100%', 560, 380, 420],
    ['100%', 400, 395, 400],
    ['280px', 560, 280, 280],
    ['280px', 900, 280, 280],
    ['400px', 560, 395, 400],
  ] as const) {
    it(`is ${least} to ${most} px wide of ${width}, with --digit-pad-size: ${size}`, async () => {
      const element = await fixture<DigitRecognizer>(html`<digit-recognizer></digit-recognizer>`);
      element.style.setProperty('--digit-pad-size', size);
      element.style.width = `${width}px`;
      element.parentElement!.style.width = `${width}px`;
      await element.updateComplete;
      const pad = element.shadowRoot!.querySelector('digit-pad')!;
      await pad.updateComplete;
      expect(pad.getBoundingClientRect().width).to.be.within(least, most);
      const answer = element.shadowRoot!.querySelector('.answer')!.getBoundingClientRect();
      expect(answer.width).to.be.at.least(140);
      expect(answer.right).to.be.at.most(element.getBoundingClientRect().right + 1);
    });
  }
});
