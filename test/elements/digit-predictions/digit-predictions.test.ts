import { expect, html, waitUntil } from '@open-wc/testing';
import { ContextProvider } from '@lit/context';
import '../../../src/define/digit-predictions.js';
import { recognitionContext } from '../../../src/elements/shared/contexts.js';
import type { DigitPredictions, Prediction } from '../../../src/index.js';
import { RecognitionStore } from '../../../src/recognition/index.js';
import { fixture } from '../../support/fixture.js';
import { emulateMedia, pressKeys, setViewport } from '../../support/page.js';
import { FakeService, settle } from '../../recognition/fake-service.js';

const order = [7, 1, 9, 2, 3, 4, 0, 8, 5, 6];
const predictionsOf = (...probabilities: number[]): Prediction[] =>
  order.map((digit, index) => ({ digit, probability: probabilities[index] ?? 0 }));
const predictions = predictionsOf(0.9, 0.06, ...new Array<number>(8).fill(0.005));

const all = <E extends Element = HTMLElement>(element: DigitPredictions, selector: string): E[] => [
  ...element.shadowRoot!.querySelectorAll<E>(selector),
];
const one = (element: DigitPredictions, selector: string): HTMLElement => all(element, selector)[0];
const lines = (element: DigitPredictions): string[] =>
  all(element, 'li .shown').map((line) => line.innerText.replace(/\s+/g, ' ').trim());
const bars = (element: DigitPredictions): (string | null)[] =>
  all(element, 'rect').map((bar) => bar.getAttribute('width'));
const status = (element: DigitPredictions): string => one(element, '[role=status]').textContent.trim();

/** A store with answers by the test, provided by the element around. */
async function lent(): Promise<{ element: DigitPredictions; store: RecognitionStore; service: FakeService }> {
  const service = new FakeService();
  const store = new RecognitionStore(() => service);
  store.connect();
  const holder = document.createElement('div');
  new ContextProvider(holder, { context: recognitionContext, initialValue: store });
  holder.innerHTML = '<digit-predictions></digit-predictions>';
  (await fixture<HTMLElement>(html`<div></div>`)).append(holder);
  const element = holder.querySelector('digit-predictions')!;
  await element.updateComplete;
  return { element, store, service };
}

/** Draws a line, and has the network answer with these logits by digit. */
async function drawAndAnswer(
  { element, store, service }: Awaited<ReturnType<typeof lent>>,
  logits: Readonly<Record<number, number>>,
  lift = true,
): Promise<void> {
  service.infer = (_, count) =>
    Promise.resolve(Float32Array.from({ length: 10 * count }, (_, at) => logits[at % 10] ?? -20));
  if (!store.ink.snapshot.drawing) store.ink.beginStroke({ x: 1, y: 1 }, { width: 9, height: 9 });
  store.ink.extendStroke([{ x: 1 + Math.random(), y: 5 }]);
  if (lift) store.ink.endStroke();
  await settle();
  await element.updateComplete;
}

const digits = (element: DigitPredictions): string[] => lines(element).map((line) => line[0]);

describe('<digit-predictions>', () => {
  let element: DigitPredictions;

  beforeEach(async () => {
    element = await fixture(html`<digit-predictions .predictions=${predictions}></digit-predictions>`);
  });

  it('lists the top three with bar and percentage, best first', () => {
    expect(lines(element)).to.deep.equal(['7 90.0%', '1 6.0%', '9 0.5%']);
    expect(bars(element)).to.deep.equal(['90%', '6%', '0.5%']);
  });

  it('describes each line in words to assistive technology only', async () => {
    expect(all(element, 'li .visually-hidden').map((line) => line.textContent)).to.deep.equal([
      '7, 90.0%',
      '1, 6.0%',
      '9, 0.5%',
    ]);
    for (const shown of all(element, 'li .shown')) expect(shown.ariaHidden).to.equal('true');
  });

  it('rejects anything but digits, each at most once, and probabilities that are not all 0', () => {
    for (const invalid of [
      [{ digit: 10, probability: 1 }],
      [{ digit: 7, probability: -0.5 }],
      [{ digit: 7, probability: NaN }],
      [{ digit: 7, probability: 0 }],
      [
        { digit: 7, probability: 0.5 },
        { digit: 7, probability: 0.5 },
      ],
    ]) {
      expect(() => (element.predictions = invalid))
        .to.throw()
        .with.property('code', 'invalid-value');
    }
    expect(lines(element)).to.deep.equal(['7 90.0%', '1 6.0%', '9 0.5%']);
  });

  it('lists `top` predictions, from one to ten', async () => {
    for (const [top, count] of [
      [1, 1],
      [10, 10],
      [99, 10],
      [-3, 1],
      [NaN, 3],
    ]) {
      element.top = top;
      await element.updateComplete;
      expect(lines(element)).to.have.length(count);
    }
    element.setAttribute('top', '5');
    await element.updateComplete;
    expect(lines(element)).to.have.length(5);
  });

  it('shows percentages that add up to exactly 100.0', async () => {
    element.top = 10;
    for (const shares of [
      new Array<number>(10).fill(0.1),
      [0.3334, 0.3333, 0.3333],
      [0.9986, 0.0007, 0.0007],
      [0.99951, 0.00007, 0.00007, 0.00007, 0.00007, 0.00007, 0.00007, 0.00007],
    ]) {
      element.predictions = predictionsOf(...shares);
      await element.updateComplete;
      const tenths = all(element, '.percentage').map(({ innerText }) => Math.round(parseFloat(innerText) * 10));
      expect(
        tenths.reduce((sum, each) => sum + each, 0),
        tenths.join(),
      ).to.equal(1000);
    }
  });

  it('formats percentages for its language', async () => {
    element.lang = 'de';
    await waitUntil(() => one(element, '.percentage').innerText === '90,0\u00a0%', 'the page speaks German');
    expect(one(element, 'li .visually-hidden').textContent).to.include('90,0\u00a0%');
  });

  it("moves a digit's line, including its bar, when the order changes", async () => {
    const before = new Map(all(element, 'li').map((line) => [line.dataset.digit, line.querySelector('rect')]));
    element.predictions = [
      { digit: 1, probability: 0.6 },
      { digit: 7, probability: 0.3 },
      { digit: 9, probability: 0.1 },
    ];
    await element.updateComplete;
    expect(digits(element)).to.deep.equal(['1', '7', '9']);
    for (const line of all(element, 'li')) expect(line.querySelector('rect')).to.equal(before.get(line.dataset.digit));
  });

  it('animates its bars, except with reduced motion', async () => {
    const duration = (): string => getComputedStyle(one(element, 'rect')).transitionDuration;
    expect(duration()).to.equal('0.12s');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(duration()).to.equal('0s');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('announces the answer politely, with the second-best digit if it is likely enough', async () => {
    expect(status(element)).to.equal('7, 90.0% sure. Second best: 1, 6.0%');
    element.predictions = predictionsOf(0.99, 0.01);
    await element.updateComplete;
    expect(status(element)).to.equal('7, 99.0% sure');
  });

  it('names the second-best digit if only one is listed', async () => {
    expect(one(element, '.second-best')).to.be.undefined;
    element.top = 1;
    await element.updateComplete;
    expect(one(element, '.second-best').textContent).to.equal('Second best: 1, 6.0%');
    element.predictions = null;
    await element.updateComplete;
    expect(one(element, '.second-best')).to.be.undefined;
  });

  it('reports that it is not sure, and lists the nearest guesses as such', async () => {
    const words = (): string => element.shadowRoot!.querySelector('[part~=not-sure]')?.textContent ?? '';
    expect(words()).to.equal('');
    element.unsure = true;
    await element.updateComplete;
    expect(words()).to.equal('Not sure this is a digit');
    expect(lines(element)).to.have.length(3);
    expect(status(element)).to.equal('Not sure this is a digit. Closest match: 7');
    await expect(element).to.be.accessible();
  });

  it('keeps its lines, empty and only visual, and announces nothing without an answer', async () => {
    expect(one(element, 'ol').ariaHidden).to.be.null;
    element.predictions = null;
    await element.updateComplete;
    expect(lines(element)).to.deep.equal(['–', '–', '–']);
    expect(one(element, 'ol').ariaHidden).to.equal('true');
    expect(bars(element)).to.deep.equal(['0%', '0%', '0%']);
    expect(status(element)).to.equal('');
  });

  it('grows its bars from the right in right-to-left pages', async () => {
    element.dir = 'rtl';
    expect(getComputedStyle(one(element, '.bar')).transform).to.equal('matrix(-1, 0, 0, 1, 0, 0)');
  });

  it('fits from 120 px to the full page, and has a width of its own in a row', async () => {
    await setViewport({ width: 1280, height: 600 });
    for (const font of ['serif', 'monospace']) {
      element.style.font = `16px ${font}`;
      for (const width of [120, 160, 320, 1240]) {
        element.style.width = `${width}px`;
        expect(one(element, '.list').scrollWidth, `${width} px`).to.be.at.most(width);
        for (const shown of all(element, '.shown')) {
          const bar = shown.querySelector('[part~=bar]')!.getBoundingClientRect();
          expect(bar.width, `bar at ${width} px, ${font}`).to.be.at.least(Math.min(width * 0.35, 60));
          for (const part of shown.children) {
            const { left, right } = part.getBoundingClientRect();
            expect(left).to.be.at.least(element.getBoundingClientRect().left);
            expect(right).to.be.at.most(element.getBoundingClientRect().right + 0.5);
          }
        }
      }
    }
    const row = await fixture<HTMLElement>(html`<div><digit-predictions></digit-predictions></div>`);
    row.style.display = 'flex';
    expect(row.firstElementChild!.getBoundingClientRect().width).to.equal(200);
    await setViewport({ width: 800, height: 600 });
  });

  it('prints its bars unchanged', async () => {
    expect(getComputedStyle(one(element, '.bar')).getPropertyValue('print-color-adjust')).to.equal('exact');
  });

  it('has no axe violations: with and without an answer, in light and dark', async () => {
    await expect(element).to.be.accessible();
    element.predictions = null;
    await element.updateComplete;
    await expect(element).to.be.accessible();
    element.predictions = predictions;
    element.parentElement!.style.cssText = 'color-scheme: dark; background: #11141c';
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  describe('while the pen draws', () => {
    it('keeps the order of nearly equal digits, and takes the true one when the pen lifts', async () => {
      const shown = await lent();
      await drawAndAnswer(shown, { 7: 1, 1: 0 }, false);
      expect(digits(shown.element).slice(0, 2)).to.deep.equal(['7', '1']);
      await drawAndAnswer(shown, { 7: 1, 1: 1.1 }, false);
      expect(digits(shown.element).slice(0, 2)).to.deep.equal(['7', '1']);
      await drawAndAnswer(shown, { 7: 1, 1: 1.1 });
      expect(digits(shown.element).slice(0, 2)).to.deep.equal(['1', '7']);
    });

    it('immediately reorders a digit that is clearly more probable', async () => {
      const shown = await lent();
      await drawAndAnswer(shown, { 7: 1, 1: 0 }, false);
      await drawAndAnswer(shown, { 7: 1, 1: 3 }, false);
      expect(digits(shown.element).slice(0, 2)).to.deep.equal(['1', '7']);
    });

    it('announces nothing', async () => {
      const shown = await lent();
      await drawAndAnswer(shown, { 7: 9 }, false);
      expect(status(shown.element)).to.equal('');
      await drawAndAnswer(shown, { 7: 9 });
      expect(status(shown.element)).to.match(/^7/);
    });
  });

  describe('correcting', () => {
    let shown: Awaited<ReturnType<typeof lent>>;
    const options = (): HTMLElement[] => all(shown.element, '[role=option]');
    const option = (digit: number): HTMLElement => one(shown.element, `[data-digit="${digit}"]`);
    const focused = (): string | undefined =>
      (shown.element.shadowRoot!.activeElement as HTMLElement | null)?.dataset.digit;

    beforeEach(async () => {
      shown = await lent();
      await drawAndAnswer(shown, { 7: 2, 1: 1, 9: 0 });
      shown.store.setPartSettings({ correctable: true });
      await shown.element.updateComplete;
    });

    it('offers nothing to pick unless the recognizer allows it', async () => {
      expect(options()).to.have.length(10);
      shown.store.setPartSettings({ correctable: false });
      await shown.element.updateComplete;
      expect(options()).to.be.empty;
      option(1).click();
      expect(shown.store.snapshot.correction).to.be.null;
    });

    it('lets every digit be picked, listed or not, and the correction be removed', async () => {
      expect(options().map(({ dataset }) => dataset.digit)).to.deep.equal([...'7190234568']);
      expect(option(7).ariaSelected).to.equal('true');
      option(1).click();
      await shown.element.updateComplete;
      expect(shown.store.snapshot.correction).to.deep.equal({ digit: 1, by: 'picked' });
      option(4).click();
      await shown.element.updateComplete;
      expect(shown.store.snapshot.correction?.digit).to.equal(4);
      expect(options().filter(({ ariaSelected }) => ariaSelected === 'true')).to.deep.equal([option(4)]);
      expect(one(shown.element, '[part=correction]').textContent).to.equal('4, your answer');
      expect(status(shown.element)).to.equal('4, your answer');
      option(7).click();
      await shown.element.updateComplete;
      expect(shown.store.snapshot.correction).to.be.null;
      expect(one(shown.element, '[part=correction]')).to.be.undefined;
      expect(status(shown.element)).to.match(/^7, .* sure/);
    });

    it('does not move the lines when a digit is picked', async () => {
      const before = options();
      option(9).click();
      await shown.element.updateComplete;
      expect(options()).to.deep.equal(before);
    });

    it('is one tab stop; arrows and digits move, Space and Enter pick', async () => {
      await pressKeys('Tab');
      expect(focused()).to.equal('7');
      expect(options().filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
      for (const [key, digit] of [
        ['ArrowDown', '1'],
        ['ArrowRight', '9'],
        ['ArrowLeft', '1'],
        ['End', '8'],
        ['ArrowDown', '8'],
        ['Home', '7'],
        ['ArrowUp', '7'],
        ['5', '5'],
      ]) {
        await pressKeys(key);
        await shown.element.updateComplete;
        expect(focused(), key).to.equal(digit);
      }
      expect(shown.store.snapshot.correction, 'moving picks nothing').to.be.null;
      await pressKeys('Space');
      expect(shown.store.snapshot.correction?.digit).to.equal(5);
      await pressKeys('3');
      await shown.element.updateComplete;
      await pressKeys('Enter');
      expect(shown.store.snapshot.correction?.digit).to.equal(3);
      const arabic = new KeyboardEvent('keydown', { key: '٤', bubbles: true, cancelable: true });
      option(3).dispatchEvent(arabic);
      await shown.element.updateComplete;
      expect(focused()).to.equal('4');
      expect(arabic.defaultPrevented).to.be.true;
      await pressKeys('3');
      await shown.element.updateComplete;
      await fixture(html`<button>Next</button>`);
      await pressKeys('Tab');
      await pressKeys('Shift+Tab');
      expect(focused(), 'Tab returns to the answer').to.equal('3');
    });

    it('keeps the focus on a digit that moves between lines and choices', async () => {
      const focused = (): string | undefined =>
        (shown.element.shadowRoot!.activeElement as HTMLElement | null)?.dataset.digit;
      option(1).click();
      await shown.element.updateComplete;
      expect(focused()).to.equal('1');
      for (const logits of [
        { 1: 5, 7: 2, 9: 0 },
        { 4: 5, 5: 4, 6: 3 },
      ]) {
        await drawAndAnswer(shown, logits);
        expect(focused()).to.equal('1');
      }
      shown.store.ink.clear();
      await settle();
      // It is false if rendering has requested another update.
      expect(await shown.element.updateComplete).to.equal(true);
      expect(focused()).to.equal('1');
      expect(option(1).tabIndex).to.equal(0);
    });

    it('moves with the arrows in reading direction, from right to left', async () => {
      shown.element.dir = 'rtl';
      await pressKeys('Tab');
      await pressKeys('ArrowLeft');
      await shown.element.updateComplete;
      expect(focused()).to.equal('1');
    });

    it('describes each digit with its probability', () => {
      expect(option(7).querySelector('.visually-hidden')!.textContent).to.match(/^7, \d+\.\d%$/);
      expect(option(5).ariaLabel).to.equal('5, 0.0%');
    });

    it('shows a typed digit as typed, also on an empty pad, and if nothing can be picked', async () => {
      shown.store.ink.clear();
      shown.store.setPartSettings({ correctable: false });
      await settle();
      shown.store.correct(8, 'typed');
      await shown.element.updateComplete;
      expect(one(shown.element, '[part=correction]').textContent).to.equal('8, typed');
      expect(status(shown.element)).to.equal('8, typed');
    });

    it('offers the ten digits on an empty pad, to users who cannot draw', async () => {
      shown.store.ink.clear();
      await settle();
      await shown.element.updateComplete;
      expect(options().map(({ dataset }) => dataset.digit)).to.deep.equal([...'0123456789']);
      option(6).click();
      expect(shown.store.snapshot.correction).to.deep.equal({ digit: 6, by: 'picked' });
    });

    it('discards a picked digit when drawing continues', async () => {
      option(4).click();
      await drawAndAnswer(shown, { 7: 2, 1: 1, 9: 0 });
      expect(shown.store.snapshot.correction).to.be.null;
      expect(option(7).ariaSelected).to.equal('true');
    });

    it('has touch targets of sufficient size', async () => {
      for (const each of options()) {
        const { width, height } = each.getBoundingClientRect();
        expect(width).to.be.at.least(24);
        expect(height).to.be.at.least(32);
      }
    });

    it('has no axe violations: picked or not, listed or not', async () => {
      await expect(shown.element).to.be.accessible();
      for (const digit of [1, 4]) {
        option(digit).click();
        await shown.element.updateComplete;
        await expect(shown.element).to.be.accessible();
      }
    });
  });
});
