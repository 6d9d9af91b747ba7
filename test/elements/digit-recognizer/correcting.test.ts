import { expect, html } from '@open-wc/testing';
import '../../../src/define.js';
import { DigitTypedEvent } from '../../../src/index.js';
import type { CorrectionEvent, DigitPad, DigitPredictions, DigitRecognizer } from '../../../src/index.js';
import { fixture, rendered } from '../../support/fixture.js';
import { pressKeys } from '../../support/page.js';
import { drawnArrow, drawnSeven, drawOn, playPointer } from '../../support/pointer.js';

type Drawn = typeof drawnSeven | typeof drawnArrow;
const strokes = (drawn: Drawn) =>
  drawn.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: x * 280, y: y * 280 })) }));

describe('correcting a <digit-recognizer>', () => {
  let form: HTMLFormElement;
  let recognizer: DigitRecognizer;
  let heard: string[];
  let corrections: CorrectionEvent[];

  const inner = <E extends Element>(selector: string): E => recognizer.shadowRoot!.querySelector<E>(selector)!;
  const options = (): HTMLElement[] => [
    ...inner<DigitPredictions>('digit-predictions').shadowRoot!.querySelectorAll<HTMLElement>('[role=option]'),
  ];
  const pick = async (digit: number): Promise<void> => {
    options()
      .find(({ dataset }) => dataset.digit === String(digit))!
      .click();
    await rest();
  };
  const type = async (digit: number): Promise<void> => {
    inner<DigitPad>('digit-pad').focus();
    await pressKeys(String(digit));
    await rest();
  };
  /** Scrolls with two fingers over the pad. */
  const scroll = async (): Promise<void> => {
    const { left, top } = inner<DigitPad>('digit-pad').getBoundingClientRect();
    const fingers = [0, 1].map((id) => ({ id, x: left + 80 + 60 * id, y: top + 120 }));
    await playPointer('touch', [
      ...fingers.map((finger) => ({ type: 'down' as const, ...finger })),
      ...fingers.map((finger) => ({ type: 'move' as const, ...finger, y: finger.y - 40 })),
      ...fingers.map((finger) => ({ type: 'up' as const, ...finger })),
    ]);
  };
  const rest = (): Promise<void> => rendered(recognizer);
  const sent = (): FormDataEntryValue | null => new FormData(form).get('digit');

  beforeEach(async () => {
    form = await fixture(
      html`<form><digit-recognizer backend="wasm" name="digit" correctable required></digit-recognizer></form>`,
    );
    recognizer = form.querySelector('digit-recognizer')!;
    recognizer.strokes = strokes(drawnSeven);
    await recognizer.recognitionComplete;
    await rest();
    heard = [];
    corrections = [];
    form.addEventListener('digit-correction', (event) => corrections.push(event));
    for (const name of ['digit-correction', 'input', 'change'] as const) {
      form.addEventListener(name, () => heard.push(`${name} ${recognizer.value}`));
    }
  });

  it('outlasts two fingers that scroll the page over the pad', async () => {
    await pick(4);
    await scroll();
    await rest();
    expect(recognizer.correction).to.deep.equal({ digit: 4, by: 'picked' });
    expect(sent()).to.equal('4');
    expect(corrections.map(({ digit }) => digit)).to.deep.equal([4]);
  });

  it('are not needed after two fingers that scroll the page over an empty pad: nothing was entered', async () => {
    form.reset();
    await rest();
    await scroll();
    inner<DigitPad>('digit-pad').blur();
    (document.activeElement as HTMLElement | null)?.blur();
    await rest();
    expect(recognizer.matches(':state(user-invalid)')).to.be.false;
  });

  it('informs the page of corrections that its user takes back, not of those that it discards itself', async () => {
    for (const discard of [() => recognizer.clear(), () => form.reset(), () => recognizer.undo()]) {
      recognizer.strokes = strokes(drawnSeven);
      await recognizer.recognitionComplete;
      await rest();
      await pick(4);
      corrections = [];
      discard();
      await rest();
      expect(recognizer.correction).to.be.null;
      expect(corrections).to.be.empty;
    }
  });

  it('offers no digits to pick by default, nor while it is disabled', async () => {
    expect(options()).to.have.length(10);
    recognizer.correctable = false;
    await rest();
    expect(options()).to.be.empty;
    recognizer.correctable = true;
    recognizer.disabled = true;
    await rest();
    expect(options()).to.be.empty;
    const fieldset = document.createElement('fieldset');
    fieldset.disabled = true;
    form.append(fieldset);
    recognizer.disabled = false;
    fieldset.append(recognizer);
    await rest();
    expect(options()).to.be.empty;
  });

  it("submits the picked digit, and keeps the network's answer", async () => {
    const { recognition } = recognizer;
    await pick(1);
    expect(recognizer.value).to.equal('1');
    expect(sent()).to.equal('1');
    expect(recognizer.recognition).to.equal(recognition);
    expect(recognizer.recognition?.digit).to.equal(7);
    expect(recognizer.correction).to.deep.equal({ digit: 1, by: 'picked' });
    expect(await recognizer.recognitionComplete).to.equal(recognition);
    expect(heard).to.deep.equal(['digit-correction 1', 'input 1', 'change 1']);
  });

  it('reports to the page what was drawn, seen, predicted and picked', async () => {
    await pick(1);
    const [event] = corrections;
    expect(event).to.be.instanceOf(Event);
    expect(event).to.include({ digit: 1, by: 'picked', predicted: 7, bubbles: true, target: recognizer });
    expect(event.strokes).to.equal(recognizer.strokes);
    expect(event.image).to.equal(recognizer.recognition!.image);
  });

  it('returns to the recognized digit when that is picked', async () => {
    await pick(1);
    await pick(7);
    expect(recognizer.correction).to.be.null;
    expect(sent()).to.equal('7');
    expect(corrections.map(({ digit, by }) => [digit, by])).to.deep.equal([
      [1, 'picked'],
      [null, null],
    ]);
  });

  it('returns to the answer when drawing continues, or the pad is cleared', async () => {
    await pick(1);
    await drawOn(inner<DigitPad>('digit-pad').shadowRoot!.querySelector('[part~=surface]')!, [
      [
        [0.4, 0.5],
        [0.7, 0.5],
      ],
    ]);
    await recognizer.recognitionComplete;
    await rest();
    expect(recognizer.correction).to.be.null;
    expect(recognizer.value).to.equal(String(recognizer.recognition!.digit ?? ''));
    await pick(1);
    recognizer.clear();
    await rest();
    expect(sent()).to.equal('');
  });

  it('gives a value to ink that the network is not sure of', async () => {
    recognizer.strokes = strokes(drawnArrow);
    await recognizer.recognitionComplete;
    await rest();
    expect(recognizer.validity.valid).to.be.false;
    await pick(4);
    expect(sent()).to.equal('4');
    expect(recognizer.validity.valid).to.be.true;
    expect(corrections.at(-1)).to.include({ digit: 4, predicted: null });
  });

  it('is restored with the ink when the browser restores the page', async () => {
    const kept: unknown[] = [];
    const original = Object.getOwnPropertyDescriptor(ElementInternals.prototype, 'setFormValue')!;
    const setFormValue = original.value as (...values: unknown[]) => void;
    ElementInternals.prototype.setFormValue = function (...values) {
      kept.push(values[1]);
      setFormValue.apply(this, values);
    };
    await pick(1);
    Object.defineProperty(ElementInternals.prototype, 'setFormValue', original);
    recognizer.clear();
    await rest();
    recognizer.formStateRestoreCallback(kept.at(-1) as string, 'restore');
    await recognizer.recognitionComplete;
    await rest();
    expect(recognizer.recognition?.digit).to.equal(7);
    expect(recognizer.correction).to.deep.equal({ digit: 1, by: 'picked' });
    expect(sent()).to.equal('1');
  });

  describe('by typing', () => {
    const heading = (): string | undefined =>
      inner<DigitPredictions>('digit-predictions').shadowRoot!.querySelector('[part=correction]')?.textContent;

    it('submits the typed digit, marked as typed', async () => {
      await type(3);
      expect(sent()).to.equal('3');
      expect(recognizer.correction).to.deep.equal({ digit: 3, by: 'typed' });
      expect(corrections[0]).to.include({ digit: 3, by: 'typed', predicted: 7 });
      expect(heading()).to.equal('3, typed');
    });

    it('needs no ink, and no inference: the value is there immediately', async () => {
      recognizer.clear();
      await rest();
      heard = [];
      await type(0);
      expect(sent()).to.equal('0');
      expect(recognizer.validity.valid).to.be.true;
      expect(heard).to.deep.equal(['digit-correction 0', 'input 0', 'change 0']);
      expect(corrections.at(-1)).to.include({ digit: 0, predicted: null, image: null });
      expect(corrections.at(-1)!.strokes).to.be.empty;
      expect(heading()).to.equal('0, typed');
    });

    it('is removed by clear(), by the form, and by Escape and Backspace on an empty pad', async () => {
      recognizer.clear();
      for (const takeBack of [
        async () => recognizer.clear(),
        async () => form.reset(),
        () => pressKeys('Escape'),
        () => pressKeys('Backspace'),
      ]) {
        await type(5);
        expect(sent()).to.equal('5');
        await takeBack();
        await rest();
        expect(sent()).to.equal('');
      }
    });

    it('is removed by Backspace over a drawing, which stays', async () => {
      const { strokes } = recognizer;
      expect(strokes).to.not.be.empty;
      const read = sent();
      await type(read === '5' ? 6 : 5);
      await pressKeys('Backspace');
      await rest();
      expect(sent()).to.equal(read);
      await pressKeys('Backspace');
      await rest();
      expect(recognizer.strokes).to.equal(strokes);
    });

    it('works if the page does not let digits be picked', async () => {
      recognizer.correctable = false;
      await rest();
      await type(3);
      expect(sent()).to.equal('3');
      expect(heading()).to.equal('3, typed');
    });

    it('works from a pad slotted by the page, at any depth', async () => {
      const section = document.createElement('section');
      section.innerHTML = '<p><digit-pad></digit-pad></p>';
      recognizer.append(section);
      await rest();
      section.querySelector('digit-pad')!.focus();
      await pressKeys('6');
      expect(recognizer.value).to.equal('6');
    });

    it("works from the page's own keys among the parts, unless the page cancels it", async () => {
      const section = document.createElement('section');
      recognizer.append(section);
      await rest();
      section.dispatchEvent(new DigitTypedEvent(6));
      expect(recognizer.value).to.equal('6');
      section.addEventListener('digit-typed', (event) => event.preventDefault());
      section.dispatchEvent(new DigitTypedEvent(4));
      expect(recognizer.value).to.equal('6');
    });

    it("ignores the page's own keys while it is readonly or disabled", async () => {
      const section = document.createElement('section');
      recognizer.append(section);
      const before = recognizer.value;
      for (const state of ['readOnly', 'disabled'] as const) {
        recognizer[state] = true;
        await rest();
        section.dispatchEvent(new DigitTypedEvent(6));
        expect(recognizer.value, state).to.equal(before);
        recognizer[state] = false;
      }
    });
  });

  it('has no axe violations: correctable, corrected, dark', async () => {
    await expect(recognizer).to.be.accessible();
    await pick(1);
    await expect(recognizer).to.be.accessible();
    form.style.cssText = 'color-scheme: dark; background: #11141c; color: #fff';
    await expect(recognizer).to.be.accessible();
  });
});
