import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import type { DigitPad, DigitRecognizer } from '../../../src/index.js';
import { fixture, rendered } from '../../support/fixture.js';
import { isWebKitGtk, pressKeys, setViewport, skipTest } from '../../support/page.js';
import { drawnArrow, drawnOne, drawnSeven, drawOn, playPointer } from '../../support/pointer.js';

const pad = (element: DigitRecognizer): DigitPad => element.shadowRoot!.querySelector('digit-pad')!;
const surface = (element: DigitRecognizer): HTMLElement => pad(element).shadowRoot!.querySelector('[part~=surface]')!;
const sent = (form: HTMLFormElement): string | null => new FormData(form).get('digit') as string | null;

async function ready(element: DigitRecognizer): Promise<DigitRecognizer> {
  await waitUntil(() => element.status === 'ready', 'the recognizer is ready', { timeout: 25_000 });
  await element.updateComplete;
  return element;
}

async function draw(element: DigitRecognizer, strokes: Parameters<typeof drawOn>[1]): Promise<void> {
  await drawOn(surface(element), strokes);
  await element.recognitionComplete;
  await element.updateComplete;
}

/** A form with a required recognizer and a submit button. */
async function formWithRecognizer(): Promise<{ form: HTMLFormElement; element: DigitRecognizer }> {
  const form = await fixture<HTMLFormElement>(
    html`<form>
      <digit-recognizer backend="wasm" name="digit" required></digit-recognizer>
      <button>Send</button>
    </form>`,
  );
  return { form, element: await ready(form.querySelector('digit-recognizer')!) };
}

describe('a pad of another recognizer', () => {
  it('inside one passes its typed digits only to its own', async () => {
    const holder = await fixture<HTMLElement>(
      html`<div>
        <digit-recognizer backend="wasm"><digit-pad for="its-own"></digit-pad></digit-recognizer>
        <digit-recognizer id="its-own" backend="wasm"></digit-recognizer>
      </div>`,
    );
    const [outer, own] = holder.querySelectorAll('digit-recognizer');
    const pad = outer.querySelector('digit-pad')!;
    await own.updateComplete;
    await pad.updateComplete;
    pad
      .shadowRoot!.querySelector('[part~=surface]')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: '5', bubbles: true, composed: true }));
    expect([outer.value, own.value]).to.deep.equal(['', '5']);
  });
});

describe('<digit-recognizer> in a form', () => {
  beforeEach(() => setViewport({ width: 800, height: 700 }));

  it('does not submit a non-digit, and explains why, until it is cleared or read', async () => {
    const { form, element } = await formWithRecognizer();
    element.required = false;
    await element.updateComplete;
    expect(form.checkValidity()).to.be.true;
    await draw(element, drawnArrow);
    expect(element.validity.badInput).to.be.true;
    expect(element.validationMessage).to.include('Not sure');
    expect(form.checkValidity()).to.be.false;
    element.clear();
    await element.recognitionComplete;
    await element.updateComplete;
    expect(form.checkValidity()).to.be.true;
    await draw(element, drawnSeven);
    expect(form.checkValidity()).to.be.true;
    expect(element.validationMessage).to.equal('');
  });

  it('shows the validation error at the pad until it is valid', async () => {
    if (isWebKitGtk) await skipTest('the bubble that names what is missing takes all further input');
    const { form, element } = await formWithRecognizer();
    form.addEventListener('submit', (event) => event.preventDefault());
    expect(element.matches(':state(invalid)')).to.be.false;
    form.requestSubmit();
    expect(element.matches(':state(invalid)')).to.be.true;
    expect(element.shadowRoot!.activeElement).to.equal(pad(element));
    await rendered(element);
    const border = getComputedStyle(surface(element)).borderColor;
    await draw(element, drawnSeven);
    expect(element.matches(':state(invalid)')).to.be.false;
    expect(getComputedStyle(surface(element)).borderColor).not.to.equal(border);
    const submitted = oneEvent(form, 'submit');
    form.requestSubmit();
    await submitted;
  });

  it('accepts custom validity', async () => {
    const { form, element } = await formWithRecognizer();
    await draw(element, drawnSeven);
    element.setCustomValidity('A seven is too much.');
    expect(element.validity.customError).to.be.true;
    expect(element.validationMessage).to.equal('A seven is too much.');
    expect(form.checkValidity()).to.be.false;
    element.setCustomValidity('');
    expect(form.checkValidity()).to.be.true;
  });

  it('keeps and submits its ink while readonly, and is barred from validation', async () => {
    const { form, element } = await formWithRecognizer();
    await draw(element, drawnSeven);
    element.readOnly = true;
    await element.updateComplete;
    await drawOn(surface(element), drawnOne);
    expect(element.strokes).to.have.length(1);
    expect(sent(form)).to.equal('7');
    expect(element.willValidate).to.be.false;
    element.readOnly = false;
    await element.updateComplete;
    await pad(element).updateComplete;
    await drawOn(surface(element), drawnOne);
    expect(element.strokes).to.have.length(2);
  });

  it('submits nothing while disabled', async () => {
    const { form, element } = await formWithRecognizer();
    await draw(element, drawnSeven);
    element.disabled = true;
    await element.updateComplete;
    expect(sent(form)).to.be.null;
    expect(element.willValidate).to.be.false;
    expect(form.checkValidity()).to.be.true;
  });

  it('belongs to the form that its attribute names', async () => {
    const holder = await fixture(
      html`<div>
        <form id="far"></form>
        <digit-recognizer backend="wasm" name="digit" form="far"></digit-recognizer>
      </div>`,
    );
    const element = await ready(holder.querySelector('digit-recognizer')!);
    const form = holder.querySelector('form')!;
    expect(element.form).to.equal(form);
    await draw(element, drawnSeven);
    expect(sent(form)).to.equal('7');
  });

  it('focuses the pad when its label is clicked, and names the pad after it', async () => {
    const holder = await fixture(
      html`<div>
        <label for="year">Your lucky digit</label>
        <digit-recognizer id="year" backend="wasm"></digit-recognizer>
      </div>`,
    );
    const element = await ready(holder.querySelector('digit-recognizer')!);
    const { left, top, width, height } = holder.querySelector('label')!.getBoundingClientRect();
    const middle = { x: left + width / 2, y: top + height / 2 };
    await playPointer('mouse', [
      { type: 'down', ...middle },
      { type: 'up', ...middle },
    ]);
    expect(element.shadowRoot!.activeElement).to.equal(pad(element));
    expect(pad(element).shadowRoot!.activeElement).to.equal(surface(element));
    expect(surface(element).ariaLabel).to.equal('Your lucky digit');
    expect(element.labels).to.have.length(1);
  });

  it('is named by what its label says when it is focused, wherever in the label it is', async () => {
    const holder = await fixture(
      html`<label
        ><span>Your <b>age</b> <digit-recognizer backend="wasm"></digit-recognizer> in years</span></label
      >`,
    );
    const element = await ready(holder.querySelector('digit-recognizer')!);
    const name = (): string => surface(element).ariaLabel!.replaceAll(/\s+/g, ' ');
    expect(name()).to.equal('Your age in years');
    holder.querySelector('b')!.textContent = 'shoe size';
    element.focus();
    await element.updateComplete;
    await pad(element).updateComplete;
    expect(name()).to.equal('Your shoe size in years');
  });

  it('restores the ink when the browser restores the page, but no autofilled value', async () => {
    const { form, element } = await formWithRecognizer();
    await draw(element, drawnSeven);
    const frame = surface(element).clientWidth;
    let kept: string | null = null;
    const setFormValue = Object.getOwnPropertyDescriptor(ElementInternals.prototype, 'setFormValue')!;
    Object.defineProperty(ElementInternals.prototype, 'setFormValue', {
      ...setFormValue,
      value(value: string, state: string | null) {
        kept = state;
        (setFormValue.value as (...args: unknown[]) => void).call(this, value, state);
      },
    });
    try {
      await draw(element, drawnOne);
    } finally {
      Object.defineProperty(ElementInternals.prototype, 'setFormValue', setFormValue);
    }
    expect(kept).to.be.a('string');
    const other = await ready(await fixture(html`<digit-recognizer backend="wasm"></digit-recognizer>`));
    other.formStateRestoreCallback(kept, 'autocomplete');
    expect(other.strokes).to.be.empty;
    other.formStateRestoreCallback(kept, 'restore');
    expect(other.strokes).to.have.length(2);
    expect(other.strokes[0].points[0].x).to.equal(element.strokes[0].points[0].x);
    await other.recognitionComplete;
    expect(other.recognition?.image).to.deep.equal(element.recognition?.image);
    expect(frame).to.be.above(0);
    expect(sent(form)).to.equal(element.value);
  });

  it('is one tab stop, and not submitted by Enter on its buttons', async () => {
    const { form, element } = await formWithRecognizer();
    let submitted = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submitted = true;
    });
    await draw(element, drawnSeven);
    pad(element).focus();
    await pressKeys('Tab');
    expect(pad(element).shadowRoot!.activeElement?.getAttribute('aria-label')).to.equal('Undo');
    await pressKeys('Enter');
    expect(element.strokes).to.be.empty;
    expect(submitted).to.be.false;
  });

  it("shows the page's own icons, hint, loading and error", async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" model="/faults/missing.onnx">
        <span slot="hint">Write here</span>
        <span slot="error">It is broken.</span>
      </digit-recognizer>`,
    );
    await waitUntil(() => element.status === 'error', 'it fails', { timeout: 25_000 });
    await element.updateComplete;
    await pad(element).updateComplete;
    const shown = (text: string): boolean =>
      [...element.children].some((child) => child.textContent === text && child.getBoundingClientRect().width > 0);
    expect(shown('Write here')).to.be.true;
    expect(shown('It is broken.')).to.be.true;
    expect(element.shadowRoot!.querySelector<HTMLElement>('[role=alert]')!.innerText).to.include('Try again');
    element.querySelector('[slot=hint]')!.remove();
    await rendered();
    expect(pad(element).shadowRoot!.querySelector<HTMLElement>('[part~=hint]')!.innerText).to.equal('Draw a digit');
  });
});
