import { expect, html } from '@open-wc/testing';
import '../../src/define/digit-predictions.js';
import type { DigitPredictions } from '../../src/index.js';
import { fixture } from '../support/fixture.js';

const predictions = [7, 1, 9, 2, 3, 4, 0, 8, 5, 6].map((digit, index) => ({
  digit,
  probability: index === 0 ? 0.9 : index === 1 ? 0.06 : 0.005,
}));

const lines = (element: DigitPredictions): string[] =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>('li .shown')].map((line) =>
    line.innerText.replace(/\s+/g, ' ').trim(),
  );
const bars = (element: DigitPredictions): (string | null)[] =>
  [...element.shadowRoot!.querySelectorAll('rect')].map((bar) => bar.getAttribute('width'));
const status = (element: DigitPredictions): string =>
  element.shadowRoot!.querySelector('[role=status]')!.textContent.trim();

describe('<digit-predictions>', () => {
  let element: DigitPredictions;

  beforeEach(async () => {
    element = await fixture(html`<digit-predictions .predictions=${predictions}></digit-predictions>`);
  });

  it('lists the three best with bar and percentage, best first', () => {
    expect(lines(element)).to.deep.equal(['7 90.0%', '1 6.0%', '9 0.5%']);
    expect(bars(element)).to.deep.equal(['90%', '6%', '0.5%']);
  });

  it('lists as many as it is told, from one to ten', async () => {
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

  it('announces the answer politely', () => {
    expect(status(element)).to.equal('7, 90.0% sure');
  });

  it('says that it is not sure, and lists the nearest guesses as such', async () => {
    const words = (): string => element.shadowRoot!.querySelector('.not-sure')?.textContent ?? '';
    expect(words()).to.equal('');
    element.unsure = true;
    await element.updateComplete;
    expect(words()).to.equal('Not sure that this is a digit');
    expect(lines(element)).to.have.length(3);
    expect(status(element)).to.equal('Not sure that this is a digit. Nearest: 7');
    await expect(element).to.be.accessible();
  });

  it('keeps its lines, empty, and announces nothing without an answer', async () => {
    element.predictions = null;
    await element.updateComplete;
    expect(lines(element)).to.deep.equal(['–', '–', '–']);
    expect(bars(element)).to.deep.equal(['0%', '0%', '0%']);
    expect(status(element)).to.equal('');
  });

  it('lets its bars grow from the right when the page is read from there', async () => {
    element.dir = 'rtl';
    expect(getComputedStyle(element.shadowRoot!.querySelector('.bar')!).transform).to.equal(
      'matrix(-1, 0, 0, 1, 0, 0)',
    );
  });

  it('has nothing that axe complains of, with and without an answer', async () => {
    await expect(element).to.be.accessible();
    element.predictions = null;
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });
});
