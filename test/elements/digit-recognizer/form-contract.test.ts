import { expect, html, waitUntil } from '@open-wc/testing';
import type { LitElement, TemplateResult } from 'lit';
import '../../../src/define.js';
import { AttributeError, type DigitPad, type DigitRecognizer } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';
import { isWebKitGtk, pressKeys, setViewport, skipTest } from '../../support/page.js';
import { drawnArrow, drawnOne, drawnSeven, drawOn, playPointer } from '../../support/pointer.js';

/** The same contract for every arrangement of the parts. README.md documents it in a table. */
const arrangements: Readonly<Record<string, TemplateResult>> = {
  'default parts': html`<form>
    <label for="reader">Your digit</label>
    <fieldset><digit-recognizer id="reader" name="digit" backend="wasm"></digit-recognizer></fieldset>
    <button>Send</button>
  </form>`,
  'deeply slotted parts': html`<form>
    <label for="reader">Your digit</label>
    <fieldset>
      <digit-recognizer id="reader" name="digit" backend="wasm">
        <section>
          <p><digit-pad></digit-pad></p>
          <digit-predictions></digit-predictions>
        </section>
      </digit-recognizer>
    </fieldset>
    <button>Send</button>
  </form>`,
  'only a pad': html`<form>
    <label for="reader">Your digit</label>
    <fieldset>
      <digit-recognizer id="reader" name="digit" backend="wasm"><digit-pad></digit-pad></digit-recognizer>
    </fieldset>
    <button>Send</button>
  </form>`,
  'a pad elsewhere that references it': html`<form>
    <label for="reader">Your digit</label>
    <fieldset>
      <digit-recognizer id="reader" name="digit" backend="wasm"
        ><digit-predictions></digit-predictions
      ></digit-recognizer>
    </fieldset>
    <digit-pad for="reader"></digit-pad>
    <button>Send</button>
  </form>`,
};

const strokesOf = (drawn: typeof drawnSeven | typeof drawnOne | typeof drawnArrow) =>
  drawn.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: x * 280, y: y * 280 })) }));

/** The focused element, in any shadow tree. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

for (const [arrangement, template] of Object.entries(arrangements)) {
  describe(`<digit-recognizer> is a form control, with ${arrangement}`, () => {
    let form: HTMLFormElement;
    let element: DigitRecognizer;
    let pad: DigitPad;
    let fired: string[];

    const surface = (): HTMLElement => pad.shadowRoot!.querySelector('[part~=surface]')!;
    const sent = (): FormDataEntryValue | null => new FormData(form).get('digit');
    const rest = async (): Promise<void> => {
      await element.updateComplete;
      await pad.updateComplete;
      await element.updateComplete;
    };
    const draw = async (drawn: Parameters<typeof drawOn>[1]): Promise<void> => {
      await drawOn(surface(), drawn);
      await element.recognitionComplete;
      await rest();
    };
    const type = async (keys: string): Promise<void> => {
      pad.focus();
      await pressKeys(keys);
      await rest();
    };

    beforeEach(async () => {
      await setViewport({ width: 900, height: 900 });
      form = await fixture(template);
      element = form.querySelector('digit-recognizer')!;
      await element.updateComplete;
      pad = form.querySelector('digit-pad') ?? element.shadowRoot!.querySelector('digit-pad')!;
      await waitUntil(() => element.status === 'ready', 'it is ready', { timeout: 25_000 });
      await rest();
      fired = [];
      for (const name of ['input', 'change'] as const) {
        form.addEventListener(name, () => fired.push(`${name} ${element.value}`));
      }
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        fired.push('submit');
      });
    });

    it('has a value that can be set, until something else is drawn, and cleared with an empty string', async () => {
      element.value = '3';
      expect([element.value, sent(), element.validity.valid]).to.deep.equal(['3', '3', true]);
      await draw(drawnSeven);
      expect([element.value, sent()]).to.deep.equal(['7', '7']);
      element.value = '3';
      expect([element.value, sent(), element.strokes.length]).to.deep.equal(['3', '3', 1]);
      element.value = '';
      expect([element.value, sent(), element.strokes.length]).to.deep.equal(['', '', 0]);
      for (const value of [7, null, 0, undefined]) {
        element.value = value as unknown as string;
        expect(sent()).to.equal(String(value ?? ''));
      }
    });

    it('rejects a value that is not a number, and is left unchanged', async () => {
      await draw(drawnSeven);
      for (const value of ['x', '-1', '1.5', ' ', '٣', {}, '1'.repeat(1000)]) {
        const set = (): void => void (element.value = value as string);
        expect(set).to.throw(AttributeError, 'value').with.property('code', 'invalid-value');
      }
      expect([element.value, element.strokes.length]).to.deep.equal(['7', 1]);
      element.value = '12';
      expect(element.validity.tooLong).to.be.true;
    });

    it('keeps the ink when a page sets the current value', async () => {
      await draw(drawnArrow);
      element.value = '';
      expect(element.strokes).to.have.length(2);
      expect(element.validity.badInput).to.be.true;
    });

    it('has a default value, which a reset restores', async () => {
      element.setAttribute('value', '4');
      expect([element.value, element.defaultValue, sent()]).to.deep.equal(['4', '4', '4']);
      element.defaultValue = '5';
      expect([element.getAttribute('value'), element.value]).to.deep.equal(['5', '5']);
      await draw(drawnSeven);
      element.defaultValue = '6';
      expect(element.value).to.equal('7');
      form.reset();
      expect([element.value, sent(), element.strokes.length]).to.deep.equal(['6', '6', 0]);
      element.undo();
      expect(element.strokes).to.be.empty;
      element.clear();
      expect(element.value).to.equal('');
      element.setAttribute('value', 'x');
      form.reset();
      expect(element.value).to.equal('');
    });

    it('is empty immediately after being cleared, reset or undone', async () => {
      for (const empty of [() => element.clear(), () => form.reset(), () => element.undo(), () => pad.clear()]) {
        element.required = true;
        await draw(drawnOne);
        expect(sent()).to.equal('1');
        empty();
        expect([element.value, sent(), form.checkValidity()]).to.deep.equal(['', '', false]);
        expect([element.recognition, element.recognitions.length]).to.deep.equal([null, 0]);
        expect(element.validity.valueMissing).to.be.true;
        element.required = false;
        expect(form.checkValidity()).to.be.true;
      }
    });

    it('reflects its attributes immediately, and the form knows', () => {
      element.value = '3';
      element.name = 'other';
      expect([element.getAttribute('name'), [...new FormData(form).keys()].join()]).to.deep.equal(['other', 'other']);
      for (const [property, attribute] of [
        ['required', 'required'],
        ['disabled', 'disabled'],
        ['readOnly', 'readonly'],
      ] as const) {
        element[property] = true;
        expect(element.hasAttribute(attribute)).to.be.true;
        element[property] = false;
        expect(element.hasAttribute(attribute)).to.be.false;
        element.setAttribute(attribute, '');
        expect(element[property]).to.be.true;
        element.removeAttribute(attribute);
        expect(element[property]).to.be.false;
      }
      expect(element.type).to.equal('digit-recognizer');
      expect(element.form).to.equal(form);
    });

    it('is disabled by property, attribute and fieldset, on and off in any order', async () => {
      const fieldset = form.querySelector('fieldset')!;
      const ways = {
        property: (on: boolean) => (element.disabled = on),
        attribute: (on: boolean) => element.toggleAttribute('disabled', on),
        fieldset: (on: boolean) => (fieldset.disabled = on),
      };
      for (const first of Object.keys(ways) as (keyof typeof ways)[]) {
        for (const second of Object.keys(ways) as (keyof typeof ways)[]) {
          for (const pause of [rest, () => Promise.resolve()]) {
            ways[first](true);
            await pause();
            ways[second](true);
            expect([sent(), element.willValidate]).to.deep.equal([null, false]);
            await rest();
            expect(pad.matches(':state(disabled)')).to.be.true;
            ways[first](false);
            await pause();
            ways[second](false);
            expect([sent(), element.willValidate]).to.deep.equal(['', true]);
            await rest();
            expect(pad.matches(':state(disabled)'), `${first}, ${second}`).to.be.false;
          }
        }
      }
      element.disabled = true;
      await rest();
      await drawOn(surface(), drawnOne);
      expect(element.strokes).to.be.empty;
      element.disabled = false;
      await rest();
      await draw(drawnOne);
      expect(sent()).to.equal('1');
    });

    it('has not blocked the form anymore once it is disabled or readonly', async () => {
      element.required = true;
      for (const property of ['disabled', 'readOnly'] as const) {
        expect(element.checkValidity()).to.be.false;
        expect(element.matches(':state(invalid)')).to.be.true;
        element[property] = true;
        expect(element.matches(':state(invalid)')).to.be.false;
        element[property] = false;
      }
    });

    it('has the validity of a number at once', async () => {
      for (const multiple of [true, false]) {
        element.multiple = multiple;
        element.value = multiple ? '2026' : '3';
        expect(element.checkValidity(), `multiple: ${multiple}`).to.be.true;
        element.value = '2026';
        expect(element.checkValidity()).to.equal(multiple);
      }
    });

    it('is readonly: submitted, unchangeable, and barred from validation', async () => {
      await draw(drawnSeven);
      element.readOnly = true;
      expect([sent(), element.willValidate]).to.deep.equal(['7', false]);
      await rest();
      await drawOn(surface(), drawnOne);
      await type('3');
      expect([element.strokes.length, element.value]).to.deep.equal([1, '7']);
      element.readOnly = false;
      await type('3');
      expect(sent()).to.equal('3');
    });

    it('lifts the pen when it becomes readonly or disabled in the middle of a stroke', async () => {
      for (const property of ['readOnly', 'disabled'] as const) {
        const { left, top } = surface().getBoundingClientRect();
        await playPointer('mouse', [
          { type: 'down', x: left + 50, y: top + 50 },
          { type: 'move', x: left + 90, y: top + 90 },
        ]);
        await rest();
        expect(pad.matches(':state(drawing)')).to.be.true;
        element[property] = true;
        await rest();
        expect(pad.matches(':state(drawing)')).to.be.false;
        await playPointer('mouse', [{ type: 'up', x: left + 90, y: top + 90 }]);
        element[property] = false;
        await rest();
      }
    });

    it('is named by its label, or aria-label, or label', async () => {
      expect(surface().getAttribute('aria-label')).to.equal('Your digit');
      element.setAttribute('aria-label', 'Lucky digit');
      await rest();
      expect(surface().getAttribute('aria-label')).to.equal('Lucky digit');
      element.label = 'First digit';
      await rest();
      expect(surface().getAttribute('aria-label')).to.equal('First digit');
      expect(element.labels).to.have.length(1);
    });

    it('focuses its pad: by focus(), and by a click on its label', async () => {
      element.focus();
      expect(focused()).to.equal(surface());
      (focused() as HTMLElement).blur();
      const { left, top, width, height } = form.querySelector('label')!.getBoundingClientRect();
      const middle = { x: left + width / 2, y: top + height / 2 };
      await playPointer('mouse', [
        { type: 'down', ...middle },
        { type: 'up', ...middle },
      ]);
      expect(focused()).to.equal(surface());
    });

    it('shows the validation error at its pad, and reports it to assistive technology', async () => {
      if (isWebKitGtk) await skipTest('the bubble that names what is missing takes all further input');
      element.required = true;
      await rest();
      expect(surface().hasAttribute('aria-invalid')).to.be.false;
      form.requestSubmit();
      expect(fired).to.deep.equal([]);
      expect(focused()).to.equal(surface());
      expect(element.matches(':state(user-invalid)')).to.be.true;
      await rest();
      expect(surface().getAttribute('aria-invalid')).to.equal('true');
      const outline = (): string => getComputedStyle(surface()).outlineWidth;
      // The browser focuses it, and it looks focused to those who use the keyboard. Firefox ignores keys that do nothing.
      await pressKeys('Tab');
      await pressKeys('Shift+Tab');
      expect(surface().matches(':focus-visible')).to.be.true;
      expect(outline()).to.equal('2px');
      surface().blur();
      expect(outline()).to.equal('1px');
      await draw(drawnSeven);
      expect(element.matches(':state(user-invalid)')).to.be.false;
      expect(surface().hasAttribute('aria-invalid')).to.be.false;
      element.setAttribute('aria-invalid', 'true');
      await rest();
      expect(surface().getAttribute('aria-invalid')).to.equal('true');
      // As templates write it that have nothing to say.
      element.setAttribute('aria-invalid', '');
      await rest();
      expect(surface().hasAttribute('aria-invalid')).to.be.false;
      form.reset();
      expect(element.matches(':state(user-invalid)')).to.be.false;
    });

    it('is submitted by Enter while readonly, too, and through an image button', async () => {
      await type('7');
      element.readOnly = true;
      await rest();
      await pressKeys('Enter');
      expect(fired.filter((name) => name === 'submit')).to.have.length(1);
      const image = Object.assign(document.createElement('input'), { type: 'image', alt: 'Send' });
      let clicked = 0;
      image.addEventListener('click', () => (clicked += 1));
      form.prepend(image);
      await pressKeys('Enter');
      expect(clicked).to.equal(1);
      expect(fired.filter((name) => name === 'submit')).to.have.length(2);
    });

    it('is user-invalid after its user has left an invalid entry', async () => {
      await draw(drawnSeven);
      await draw(drawnArrow);
      expect(element.validity.badInput).to.be.true;
      expect(element.matches(':state(user-invalid)')).to.be.false;
      form.querySelector('button')!.focus();
      expect(element.matches(':state(user-invalid)')).to.be.true;
    });

    it('is submitted by Enter, through the button if there is one, and blocked by custom validity', async () => {
      await type('7');
      await pressKeys('Enter');
      expect(fired.filter((name) => name === 'submit')).to.have.length(1);
      const help = Object.assign(document.createElement('button'), { textContent: 'Help' });
      help.setAttribute('commandfor', 'help');
      help.setAttribute('command', 'show-popover');
      // Where commands are supported, it does not submit.
      const isSubmit = help.type === 'submit';
      form.prepend(help);
      let helped = 0;
      help.addEventListener('click', (event) => {
        event.preventDefault();
        helped += 1;
      });
      await pressKeys('Enter');
      expect(helped).to.equal(isSubmit ? 1 : 0);
      expect(fired.filter((name) => name === 'submit')).to.have.length(isSubmit ? 1 : 2);
      help.remove();
      fired.length = 0;
      form.querySelector('button')!.disabled = true;
      await pressKeys('Enter');
      expect(fired).to.deep.equal([]);
      form.querySelector('button')!.remove();
      await pressKeys('Enter');
      expect(fired.filter((name) => name === 'submit')).to.have.length(1);
      element.setCustomValidity('Seven is taken.');
      expect(element.validationMessage).to.equal('Seven is taken.');
      expect(form.checkValidity()).to.be.false;
      element.setCustomValidity('');
      expect(form.checkValidity()).to.be.true;
    });

    it("fires input and change for its user's actions", async () => {
      await draw(drawnSeven);
      expect(fired).to.include('input 7');
      expect(fired.filter((name) => name.startsWith('change'))).to.deep.equal(['change 7']);
      fired.length = 0;
      pad.shadowRoot!.querySelector<HTMLButtonElement>('button[aria-label=Clear]')!.click();
      expect(fired).to.deep.equal(['input ', 'change ']);
      fired.length = 0;
      await type('3');
      expect(fired).to.deep.equal(['input 3', 'change 3']);
      await type('Backspace');
      expect([sent(), fired.at(-1)]).to.deep.equal(['', 'change ']);
      await type('Control+z');
      await element.recognitionComplete;
      expect(fired.slice(-2)).to.deep.equal(['input 7', 'change 7']);
    });

    it('fires neither for changes by a page', async () => {
      element.strokes = strokesOf(drawnSeven);
      await element.recognitionComplete;
      expect(element.value).to.equal('7');
      pad.strokes = strokesOf(drawnOne);
      await element.recognitionComplete;
      await element.recognize(strokesOf(drawnSeven));
      element.undo();
      await element.recognitionComplete;
      element.redo();
      await element.recognitionComplete;
      element.value = '3';
      element.clear();
      element.defaultValue = '4';
      form.reset();
      await rest();
      expect(fired).to.deep.equal([]);
    });

    it('fires neither for an answer that the page has cleared', async () => {
      element.addEventListener('digit-recognition', ({ recognition }) => recognition && element.clear());
      await draw(drawnSeven);
      await rest();
      expect(element.value).to.equal('');
      expect(fired).to.deep.equal([]);
    });

    it('is fully restored when the browser restores the page', async () => {
      const kept: unknown[] = [];
      const original = Object.getOwnPropertyDescriptor(ElementInternals.prototype, 'setFormValue')!;
      const setFormValue = original.value as (...values: unknown[]) => void;
      ElementInternals.prototype.setFormValue = function (...values) {
        kept.push(values[1]);
        setFormValue.apply(this, values);
      };
      try {
        for (const [act, value] of [
          [() => draw(drawnSeven), '7'],
          [() => type('3'), '3'],
          [() => (element.value = '5'), '5'],
          [() => element.recognize(pictureOfSeven()), '7'],
        ] as const) {
          element.clear({ history: true });
          await act();
          const state = kept.at(-1) as string;
          element.clear({ history: true });
          element.formStateRestoreCallback(state, 'autocomplete');
          expect(element.value).to.equal('');
          let corrected = 0;
          element.addEventListener('digit-correction', () => (corrected += 1));
          element.formStateRestoreCallback(state, 'restore');
          await element.recognitionComplete;
          expect(sent()).to.equal(value);
          // The user neither picks nor types anything now.
          expect(corrected).to.equal(0);
        }
        // A default is restored by the page itself, which may have changed it, but not after the user has cleared it.
        element.defaultValue = '4';
        form.reset();
        expect([element.value, kept.at(-1)]).to.deep.equal(['4', null]);
        element.clear();
        const cleared = kept.at(-1) as string;
        form.reset();
        element.formStateRestoreCallback(cleared, 'restore');
        expect([element.value, sent()]).to.deep.equal(['', '']);
        element.multiple = true;
        await rest();
        await type('2');
        await type('0');
        const number = kept.at(-1) as string;
        // The browser restores before the element has rendered for the first time.
        const late = document.createElement('digit-recognizer');
        late.multiple = true;
        late.formStateRestoreCallback(number, 'restore');
        element.replaceWith(late);
        await late.updateComplete;
        expect(late.value).to.equal('20');
      } finally {
        Object.defineProperty(ElementInternals.prototype, 'setFormValue', original);
      }
    });
  });
}

function pictureOfSeven(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 200;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 200, 200);
  context.lineWidth = 14;
  context.lineCap = context.lineJoin = 'round';
  context.beginPath();
  for (const [x, y] of drawnSeven[0]) context.lineTo(x * 200, y * 200);
  context.stroke();
  return canvas;
}

describe('<digit-recognizer> in a page', () => {
  it('accepts properties set before its tag was defined, including value and strokes', async () => {
    const holder = await fixture<HTMLElement>(html`<div></div>`);
    const element = document.createElement('upgraded-recognizer') as DigitRecognizer;
    Object.assign(element, { value: '8', backend: 'wasm' });
    holder.append(element);
    const pad = document.createElement('upgraded-pad') as DigitPad;
    pad.strokes = strokesOf(drawnOne);
    holder.append(pad);
    const { DigitPad: Pad, DigitRecognizer: Recognizer } = await import('../../../src/index.js');
    customElements.define('upgraded-recognizer', class extends Recognizer {});
    customElements.define('upgraded-pad', class extends Pad {});
    await element.updateComplete;
    await pad.updateComplete;
    expect(element.value).to.equal('8');
    expect(pad.strokes).to.have.length(1);
    expect(pad.matches(':state(empty)')).to.be.false;
  });

  it('logs an invalid property set before its tag was defined, and accepts the others', async () => {
    const invalid = { recognizer: { value: 'x' }, pad: { strokes: [7] }, preview: { image: [7] }, predictions: { predictions: 7 } }; // prettier-ignore
    const holder = await fixture<HTMLElement>(html`<div></div>`);
    const elements = Object.entries(invalid).map(([name, properties]) => {
      const element = document.createElement(`invalid-${name}`) as LitElement;
      holder.append(Object.assign(element, properties, { lang: 'de', htmlFor: 'none' }));
      return element;
    });
    const logged: unknown[] = [];
    const { error } = console;
    console.error = (...values: unknown[]) => logged.push(values.at(-1));
    try {
      const classes = await import('../../../src/index.js');
      customElements.define('invalid-recognizer', class extends classes.DigitRecognizer {});
      customElements.define('invalid-pad', class extends classes.DigitPad {});
      customElements.define('invalid-preview', class extends classes.DigitPreview {});
      customElements.define('invalid-predictions', class extends classes.DigitPredictions {});
      for (const element of elements) await element.updateComplete;
    } finally {
      console.error = error;
    }
    expect(logged.map((each) => (each as { code: string }).code).sort()).to.deep.equal([
      'invalid-drawing',
      'invalid-value',
      'invalid-value',
      'invalid-value',
    ]);
    for (const element of elements) expect(element.shadowRoot!.childElementCount, element.localName).to.be.above(0);
    for (const element of elements.slice(1)) expect(element).to.have.property('htmlFor', 'none');
    expect(() => Object.assign(elements[1], invalid.pad))
      .to.throw()
      .with.property('code', 'invalid-drawing');
  });

  it('focuses its pad with autofocus, unless something else has the focus', async () => {
    const holder = await fixture<HTMLElement>(html`<div></div>`);
    for (const inner of ['', '<digit-pad></digit-pad>']) {
      holder.innerHTML = `<digit-recognizer backend="wasm" autofocus>${inner}</digit-recognizer>`;
      const element = holder.querySelector('digit-recognizer')!;
      await waitUntil(() => focused()?.matches('[part~=surface]'), 'the pad has the focus');
      (focused() as HTMLElement).blur();
      element.remove();
    }
    const input = document.createElement('input');
    holder.append(input);
    input.focus();
    holder.insertAdjacentHTML('beforeend', '<digit-recognizer backend="wasm" autofocus></digit-recognizer>');
    await holder.querySelector('digit-recognizer')!.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(focused()).to.equal(input);
  });

  it('answers on request outside a page', async () => {
    const element = document.createElement('digit-recognizer');
    element.backend = 'wasm';
    expect((await element.recognize(strokesOf(drawnSeven)))?.digit).to.equal(7);
    element.strokes = strokesOf(drawnOne);
    expect((await element.recognitionComplete)?.digit).to.equal(1);
    expect(await document.createElement('digit-recognizer').recognitionComplete).to.be.null;
  });

  it('waits for the model that was chosen last', async () => {
    const element = await fixture<DigitRecognizer>(html`<digit-recognizer backend="wasm"></digit-recognizer>`);
    element.strokes = strokesOf(drawnSeven);
    const before = await element.recognitionComplete;
    element.model = 'reference';
    const after = await element.recognitionComplete;
    expect(after?.predictions[0].probability).not.to.equal(before?.predictions[0].probability);
    expect(element.value).to.equal('7');
  });

  it('is empty, valid and settled after Clear while a model is stuck', async () => {
    const element = await fixture<DigitRecognizer>(html`<digit-recognizer backend="wasm"></digit-recognizer>`);
    element.strokes = strokesOf(drawnSeven);
    await element.recognitionComplete;
    element.model = '/faults/missing.onnx?stuck';
    const complete = element.recognitionComplete;
    element.clear();
    expect(await complete).to.be.null;
    expect([element.value, element.validity.valid]).to.deep.equal(['', true]);
  });

  it('reports an invalid attribute without throwing, and works once it is corrected', async () => {
    for (const [attribute, value, allowed] of [
      ['backend', 'gpu', '"webgpu"'],
      ['model', 'compct', '"compact"'],
      ['loading', 'lasy', '"lazy"'],
    ] as const) {
      const element = document.createElement('digit-recognizer');
      element.setAttribute('backend', 'wasm');
      element.setAttribute(attribute, value);
      const errors: Error[] = [];
      element.addEventListener('digit-error', ({ error }) => errors.push(error));
      (await fixture<HTMLElement>(html`<div></div>`)).append(element);
      await element.updateComplete;
      expect(element.status).to.equal('error');
      expect(element.error)
        .to.be.instanceOf(AttributeError)
        .and.include({ code: 'invalid-attribute', attribute, value });
      expect(element.error!.message).to.include(attribute).and.include(`"${value}"`).and.include(allowed);
      expect(errors).to.deep.equal([element.error]);
      element.strokes = strokesOf(drawnSeven);
      expect(await element.recognitionComplete.catch((error: Error) => error)).to.equal(element.error);
      element.setAttribute(attribute, attribute === 'backend' ? 'wasm' : attribute === 'model' ? 'compact' : 'eager');
      expect((await element.recognitionComplete)?.digit).to.equal(7);
      expect(element.error).to.be.null;
      element.remove();
    }
  });

  it('shows nothing as invalid while its user moves on to predictions elsewhere, only after leaving these', async () => {
    const form = await fixture<HTMLFormElement>(
      html`<form>
        <digit-recognizer id="reader" backend="wasm" required correctable><digit-pad></digit-pad></digit-recognizer>
        <digit-predictions for="reader"></digit-predictions>
        <button>Send</button>
      </form>`,
    );
    const element = form.querySelector('digit-recognizer')!;
    const predictions = form.querySelector('digit-predictions')!;
    await predictions.updateComplete;
    await drawOn(form.querySelector('digit-pad')!.shadowRoot!.querySelector('[part~=surface]')!, drawnArrow);
    await element.recognitionComplete;
    await predictions.updateComplete;
    expect(element.validity.badInput).to.be.true;
    predictions.shadowRoot!.querySelector<HTMLElement>('[data-digit][tabindex="0"]')!.focus();
    expect(element.matches(':state(user-invalid)')).to.be.false;
    form.querySelector('button')!.focus();
    expect(element.matches(':state(user-invalid)')).to.be.true;
  });

  it('has its defaults again once an attribute is removed, or a framework passes no value', async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer model="reference" backend="wasm" loading="lazy"></digit-recognizer>`,
    );
    const names = ['model', 'backend', 'loading'] as const;
    for (const name of names) element.removeAttribute(name);
    await element.updateComplete;
    expect(element).to.include({ model: 'compact', backend: 'auto', loading: 'eager', error: null });
    for (const nothing of [undefined, null]) {
      element.model = 'reference';
      for (const name of names) element[name] = nothing as never;
      expect(element).to.include({ model: 'compact', backend: 'auto', loading: 'eager' });
    }
  });

  it('rejects invalid strokes, and keeps its current ones', async () => {
    const holder = await fixture<HTMLElement>(
      html`<div><digit-recognizer backend="wasm"></digit-recognizer><digit-pad></digit-pad></div>`,
    );
    for (const element of holder.querySelectorAll<DigitRecognizer | DigitPad>('digit-recognizer, digit-pad')) {
      element.strokes = strokesOf(drawnOne);
      for (const wrong of [null, '7', 7, [{}], [null], [{ points: [{ x: 1 }] }], [{ points: [{ x: NaN, y: 1 }] }]]) {
        const set = (): void => void (element.strokes = wrong as never);
        expect(set).to.throw('strokes').with.property('code', 'invalid-drawing');
      }
      expect(element.strokes).to.have.length(1);
    }
  });

  it('is empty, which can be undone, once a framework no longer passes strokes, and keeps a value if it never did', async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" value="3" .strokes=${undefined}></digit-recognizer>`,
    );
    element.strokes = undefined as never;
    expect(element.value).to.equal('3');
    element.strokes = strokesOf(drawnOne);
    element.strokes = undefined as never;
    expect(element.strokes).to.be.empty;
    element.undo();
    expect(element.strokes).to.have.length(1);
  });

  it('gives any ink its best guess with always-answer', async () => {
    const element = await fixture<DigitRecognizer>(
      html`<digit-recognizer backend="wasm" always-answer></digit-recognizer>`,
    );
    element.strokes = strokesOf(drawnArrow);
    const recognition = await element.recognitionComplete;
    expect(recognition?.digit).to.equal(recognition?.predictions[0].digit);
    expect(element.value).to.match(/^\d$/);
    element.alwaysAnswer = false;
    expect((await element.recognitionComplete)?.reason).to.equal('not-a-digit');
    expect(element.value).to.equal('');
  });
});
