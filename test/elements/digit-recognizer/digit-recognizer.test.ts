import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import { type DigitPad, DigitPredictions, type DigitPreview, type DigitRecognizer } from '../../../src/index.js';
import { en } from '../../../src/messages/index.js';
import { fixture, rendered } from '../../support/fixture.js';
import { setViewport } from '../../support/page.js';
import { drawnArrow, drawnOne, drawnSeven, drawOn } from '../../support/pointer.js';
import '../../../src/onnxruntime.js';

const inside = <E extends Element>(element: DigitRecognizer, selector: string): E =>
  element.shadowRoot!.querySelector<E>(selector)!;
const surface = (element: DigitRecognizer): Element => {
  const pad = element.querySelector<DigitPad>('digit-pad') ?? inside<DigitPad>(element, 'digit-pad');
  return pad.shadowRoot!.querySelector('[part~=surface]')!;
};
const lines = (predictions: DigitPredictions): string[] =>
  [...predictions.shadowRoot!.querySelectorAll<HTMLElement>('li .shown')].map((line) =>
    line.innerText.replace(/\s+/g, ' ').trim(),
  );

async function ready(element: DigitRecognizer): Promise<DigitRecognizer> {
  await waitUntil(() => element.status === 'ready', 'the recognizer is ready', { timeout: 25_000 });
  await element.updateComplete;
  return element;
}

const recognizer = async (): Promise<DigitRecognizer> =>
  ready(await fixture<DigitRecognizer>(html`<digit-recognizer backend="wasm"></digit-recognizer>`));

describe('<digit-recognizer>', () => {
  beforeEach(() => setViewport({ width: 800, height: 600 }));

  it('reads the drawing, and shows the image, the predictions and the backend', async () => {
    const element = await recognizer();
    await drawOn(surface(element), drawnSeven);
    const recognition = await element.recognitionComplete;
    expect(recognition?.digit).to.equal(7);
    expect(element.value).to.equal('7');
    expect(element.recognition).to.equal(recognition);
    await rendered();
    expect(lines(inside(element, 'digit-predictions'))[0]).to.match(/^7 \d+\.\d%$/);
    const canvas = inside<DigitPreview>(element, 'digit-preview').shadowRoot!.querySelector('canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, 28, 28);
    const shown = Float32Array.from({ length: 784 }, (_, pixel) => data[pixel * 4] / 255);
    for (const [pixel, value] of recognition!.image.entries()) expect(shown[pixel]).to.be.closeTo(value, 1 / 255);
    expect(inside(element, '.notice').textContent).to.include('WebAssembly');
  });

  it('has an answer while the pen is down, and fires change once when it has lifted', async () => {
    const element = await recognizer();
    const events: string[] = [];
    for (const type of ['input', 'change'] as const)
      element.addEventListener(type, () => events.push(`${type} ${element.value}`));
    let live = 0;
    element.addEventListener('digit-recognition', ({ recognition }) => {
      if (recognition && inside<DigitPad>(element, 'digit-pad').matches(':state(drawing)')) live += 1;
    });
    await drawOn(surface(element), drawnSeven);
    await element.recognitionComplete;
    expect(live).to.be.above(0);
    expect(events).to.include('input 7');
    expect(events.filter((event) => event.startsWith('change'))).to.deep.equal(['change 7']);
    expect(events.at(-1)).to.equal('change 7');
    inside(element, 'digit-pad').shadowRoot!.querySelector<HTMLElement>('button[aria-label=Clear]')!.click();
    expect(events.slice(-2)).to.deep.equal(['input ', 'change ']);
  });

  for (const multiple of [false, true]) {
    it(`takes a tap that moves slightly for a dot, but not a small digit${multiple ? ', among several' : ''}`, async () => {
      const element = await recognizer();
      element.multiple = multiple;
      const { width, height } = surface(element).getBoundingClientRect();
      const stroke = (...points: (readonly [x: number, y: number])[]) => [
        points.map(([x, y]) => [0.5 + x / width, 0.5 + y / height] as const),
      ];
      await drawOn(surface(element), stroke([0, 0], [0, 1]));
      await element.recognitionComplete;
      expect(element.value).to.equal('');
      element.clear();
      await drawOn(surface(element), stroke([0, 0], [2, 1], [1, 3]));
      await element.recognitionComplete;
      expect(element.value).to.equal('');
      element.clear();
      await drawOn(surface(element), stroke([0, 0], [0, 7], [0, 14], [0, 20]));
      await element.recognitionComplete;
      expect(element.value).to.equal('1');
    });
  }

  it('is not sure of a non-digit: no value, the nearest guesses, and an explanation', async () => {
    const element = await recognizer();
    await drawOn(surface(element), drawnArrow);
    const recognition = await element.recognitionComplete;
    expect(recognition).to.deep.include({ digit: null, reason: 'not-a-digit', confidence: 0 });
    expect(element.value).to.equal('');
    await rendered();
    const predictions = inside<DigitPredictions>(element, 'digit-predictions');
    expect(predictions.shadowRoot!.querySelector('[part~=not-sure]')!.textContent).to.include('Not sure');
    expect(lines(predictions)).to.have.length(3);
    expect(lines(predictions)[0]).to.match(/^\d \d+\.\d%$/);
    expect(predictions.shadowRoot!.querySelector('[role=status]')!.textContent).to.include('Not sure');
  });

  it('announces a settled answer, once', async () => {
    const element = await recognizer();
    const live = inside<DigitPredictions>(element, 'digit-predictions').shadowRoot!.querySelector('[role=status]')!;
    const said: string[] = [];
    new MutationObserver(() => said.push(live.textContent.trim())).observe(live, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    await drawOn(surface(element), drawnSeven);
    await element.recognitionComplete;
    await rendered();
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^7, \d+\.\d% sure$/);
  });

  it('undoes and redoes with its answer', async () => {
    const element = await recognizer();
    await drawOn(surface(element), drawnSeven);
    await element.recognitionComplete;
    element.undo();
    expect(await element.recognitionComplete).to.be.null;
    expect(element.value).to.equal('');
    element.redo();
    expect((await element.recognitionComplete)?.digit).to.equal(7);
  });

  it('accepts strokes, and reads given pictures and strokes', async () => {
    const element = await recognizer();
    element.strokes = drawnOne.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: x * 100, y: y * 100 })) }));
    expect((await element.recognitionComplete)?.digit).to.equal(1);
    const seven = drawnSeven.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: x * 100, y: y * 100 })) }));
    expect((await element.recognize(seven))?.digit).to.equal(7);
    expect(element.strokes).to.deep.equal(seven);
  });

  it('keeps ink and answer when moved in the page', async () => {
    const element = await recognizer();
    await drawOn(surface(element), drawnSeven);
    await element.recognitionComplete;
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    elsewhere.append(element);
    await element.updateComplete;
    expect(element.value).to.equal('7');
    expect(element.status).to.equal('ready');
    const before = element.recognition;
    await drawOn(surface(element), drawnOne);
    expect(await element.recognitionComplete).not.to.equal(before);
  });

  it('shows answers in slotted parts, in any order and at any depth', async () => {
    const element = await ready(
      await fixture<DigitRecognizer>(
        html`<digit-recognizer backend="wasm">
          <section><digit-predictions top="1"></digit-predictions></section>
          <digit-preview></digit-preview>
          <p><digit-pad></digit-pad></p>
        </digit-recognizer>`,
      ),
    );
    await drawOn(surface(element), drawnSeven);
    await element.recognitionComplete;
    await rendered();
    expect(lines(element.querySelector('digit-predictions')!)).to.have.length(1);
    expect(lines(element.querySelector('digit-predictions')!)[0]).to.match(/^7/);
    expect(element.querySelector('digit-preview')!.shadowRoot!.querySelector('canvas')!.ariaLabel).to.include(
      '28 by 28',
    );
  });

  it('has default parts if a page slots only white space, or text for a named slot', async () => {
    for (const content of ['', ' \n ', '<!-- nothing --> <b slot="hint">Here</b>\n']) {
      const holder = await fixture<HTMLElement>(html`<div></div>`);
      holder.innerHTML = `<digit-recognizer backend="wasm">${content}</digit-recognizer>`;
      const element = holder.querySelector('digit-recognizer')!;
      await element.updateComplete;
      await rendered();
      expect(surface(element).getBoundingClientRect().width, `with '${content}'`).to.be.above(100);
    }
  });

  it('shows answers in parts whose tags were defined before its own', async () => {
    class EarlyPredictions extends DigitPredictions {}
    customElements.define('early-predictions', EarlyPredictions);
    const holder = await fixture<HTMLElement>(
      html`<late-recognizer backend="wasm"><early-predictions></early-predictions></late-recognizer>`,
    );
    const { DigitRecognizer } = await import('../../../src/index.js');
    customElements.define('late-recognizer', class extends DigitRecognizer {});
    const late = holder as DigitRecognizer;
    await ready(late);
    await late.recognize(drawnSeven.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x, y })) })));
    await rendered();
    expect(lines(holder.querySelector<EarlyPredictions>('early-predictions')!)[0]).to.match(/^7/);
  });

  it('is a form control: value, reset, required, disabled', async () => {
    const form = await fixture<HTMLFormElement>(
      html`<form>
        <label>Your digit <digit-recognizer backend="wasm" name="digit" required></digit-recognizer></label>
        <fieldset></fieldset>
      </form>`,
    );
    const element = await ready(form.querySelector('digit-recognizer')!);
    expect(element.form).to.equal(form);
    expect(form.checkValidity()).to.be.false;
    expect(element.validity.valueMissing).to.be.true;
    expect(element.reportValidity()).to.be.false;
    await drawOn(surface(element), drawnSeven);
    await element.recognitionComplete;
    await element.updateComplete;
    expect(new FormData(form).get('digit')).to.equal('7');
    expect(form.checkValidity()).to.be.true;
    form.reset();
    await element.recognitionComplete;
    await element.updateComplete;
    expect(element.strokes).to.be.empty;
    expect(new FormData(form).get('digit')).to.equal('');
    const fieldset = form.querySelector('fieldset')!;
    fieldset.append(element);
    fieldset.disabled = true;
    await element.updateComplete;
    await drawOn(surface(element), drawnOne);
    expect(element.strokes).to.be.empty;
    expect(new FormData(form).has('digit')).to.be.false;
    fieldset.disabled = false;
    await element.updateComplete;
    await rendered();
    await drawOn(surface(element), drawnOne);
    expect(element.strokes).to.have.length(1);
  });

  it('shares one service with all elements of a page', async () => {
    const before = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.onnx')).length;
    const many = await fixture<HTMLElement>(
      html`<div>${Array.from({ length: 10 }, () => html`<digit-recognizer backend="wasm"></digit-recognizer>`)}</div>`,
    );
    await Promise.all([...many.querySelectorAll('digit-recognizer')].map(ready));
    const after = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.onnx')).length;
    expect(after - before).to.be.at.most(1);
  });

  it('reports what could not be loaded, keeps the ink, and reads it when the next try succeeds', async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" model="/faults/missing.onnx"></digit-recognizer>`,
    );
    await drawOn(surface(element), drawnSeven);
    await waitUntil(() => element.status === 'error', 'it fails', { timeout: 25_000 });
    await element.updateComplete;
    const alert = inside<HTMLElement>(element, '[role=alert]');
    expect(alert.innerText).to.include(en.loadingFailed);
    expect(alert.innerText).not.to.match(/faults|onnx|404/);
    expect(element.error!.message).to.include('/faults/missing.onnx');
    expect(alert.innerText).to.include('Your drawing is still there.');
    expect(element.error).to.have.property('code', 'asset-missing');
    expect(element.strokes).to.have.length(1);
    element.model = 'compact';
    await ready(element);
    expect((await element.recognitionComplete)?.digit).to.equal(7);
    expect(element.shadowRoot!.querySelector('[role=alert]')).to.be.null;
  });

  it('retries when the button is pressed, and notifies the page', async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" model="/faults/missing.onnx?again"></digit-recognizer>`,
    );
    await waitUntil(() => element.status === 'error', 'it fails', { timeout: 25_000 });
    await element.updateComplete;
    const statuses: string[] = [];
    element.addEventListener('digit-status', ({ status }) => statuses.push(status));
    const failed = oneEvent(element, 'digit-error');
    inside<HTMLButtonElement>(element, '.retry').click();
    const { error } = (await failed) as unknown as { error: Error };
    expect(error).to.have.property('code', 'asset-missing');
    expect(statuses).to.deep.equal(['loading', 'error']);
  });

  it('has no axe violations: ready, answered, failed and dark', async () => {
    const element = await recognizer();
    await expect(element).to.be.accessible();
    await drawOn(surface(element), drawnSeven);
    await element.recognitionComplete;
    await element.updateComplete;
    await expect(element).to.be.accessible();
    element.parentElement!.style.cssText = 'color-scheme: dark; background: #11141c; color: #fff';
    await expect(element).to.be.accessible();
    const failed = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" model="/faults/missing.onnx"></digit-recognizer>`,
    );
    await waitUntil(() => failed.status === 'error', 'it fails', { timeout: 25_000 });
    await failed.updateComplete;
    await expect(failed).to.be.accessible();
  });
});
