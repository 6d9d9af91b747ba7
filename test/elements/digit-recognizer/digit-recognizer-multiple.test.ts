import { expect, html, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import type { DigitPad, DigitPredictions, DigitRecognizer } from '../../../src/index.js';
import { fixture, rendered as allRendered } from '../../support/fixture.js';
import { drawnNumber } from '../../support/number.js';
import { setViewport } from '../../support/page.js';
import { drawOn } from '../../support/pointer.js';

const pad = (element: DigitRecognizer): DigitPad => element.shadowRoot!.querySelector('digit-pad')!;
const surface = (element: DigitRecognizer): HTMLElement => pad(element).shadowRoot!.querySelector('[part~=surface]')!;
const predictions = (element: DigitRecognizer): DigitPredictions =>
  element.shadowRoot!.querySelector('digit-predictions')!;
const digits = (element: DigitRecognizer): HTMLButtonElement[] => [
  ...predictions(element).shadowRoot!.querySelectorAll<HTMLButtonElement>('[part~=number-digit]'),
];
const labels = (element: DigitRecognizer): string[] =>
  [...pad(element).shadowRoot!.querySelectorAll('[part~=box-label]')].map((label) => label.textContent ?? '');

async function rendered(element: DigitRecognizer): Promise<void> {
  await element.updateComplete;
  await pad(element).updateComplete;
  await predictions(element).updateComplete;
}

/** Draws a number on the pad, as large as it fits. */
async function draw(element: DigitRecognizer, number: string): Promise<void> {
  const { width, height } = surface(element).getBoundingClientRect();
  const size = height * 0.55;
  const lines = drawnNumber(number, { x: width * 0.06, y: height * 0.2, size });
  await drawOn(
    surface(element),
    lines.map((line) => line.map(([x, y]) => [x / width, y / height] as const)),
  );
  await element.recognitionComplete;
  await rendered(element);
}

describe('<digit-recognizer multiple>', () => {
  let element: DigitRecognizer;

  beforeEach(async () => {
    await setViewport({ width: 800, height: 900 });
    element = await fixture(html`<digit-recognizer multiple backend="wasm" name="year"></digit-recognizer>`);
    await waitUntil(() => element.status === 'ready', 'it is ready', { timeout: 25_000 });
    await rendered(element);
  });

  it('reads a multi-digit number, with a value such as 2026', async () => {
    const values: string[] = [];
    element.addEventListener('change', () => values.push(element.value));
    let told: readonly unknown[] = [];
    element.addEventListener('digit-recognition', ({ recognitions }) => (told = recognitions));
    await draw(element, '2026');
    expect(element.value).to.equal('2026');
    expect(element.recognitions.map(({ digit }) => digit)).to.deep.equal([2, 0, 2, 6]);
    expect(told).to.equal(element.recognitions);
    expect(values.at(-1)).to.equal('2026');
  });

  it('shows each digit over its ink', async () => {
    await draw(element, '427');
    expect(labels(element)).to.deep.equal(['4', '2', '7']);
    const boxes = [...pad(element).shadowRoot!.querySelectorAll('[part~=box]')].map((box) =>
      box.getBoundingClientRect(),
    );
    const ink = [...pad(element).shadowRoot!.querySelectorAll('.stroke')].map((stroke) =>
      stroke.getBoundingClientRect(),
    );
    expect(boxes).to.have.length(3);
    for (const stroke of ink) {
      const middle = stroke.left + stroke.width / 2;
      expect(boxes.filter(({ left, right }) => left < middle && middle < right)).to.have.length(1);
    }
  });

  it('frames digits without touching their ink, even an exactly vertical 1', async () => {
    const { width, height } = surface(element).getBoundingClientRect();
    const four = drawnNumber('4', { x: width * 0.3, y: height * 0.25, size: height * 0.5 });
    const one = [0.25, 0.4, 0.6, 0.75].map((y) => [width * 0.6, height * y] as const);
    await drawOn(
      surface(element),
      [...four, one].map((line) => line.map(([x, y]) => [x / width, y / height] as const)),
    );
    await element.recognitionComplete;
    await rendered(element);
    expect(element.value).to.equal('41');
    const inPixels = (selector: string): DOMRect[] =>
      [...pad(element).shadowRoot!.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
    const halfLine = pad(element).shadowRoot!.querySelector('svg')!.clientHeight * 0.0275;
    // Around the center of the lines: browsers disagree on whether a path's client rectangle includes its width.
    const lines = [...pad(element).shadowRoot!.querySelectorAll<SVGGraphicsElement>('.stroke')].map((stroke) => {
      const { x, y, width: across, height: down } = stroke.getBBox();
      const toScreen = stroke.getScreenCTM()!;
      const [start, end] = [new DOMPoint(x, y), new DOMPoint(x + across, y + down)].map((point) =>
        point.matrixTransform(toScreen),
      );
      return { left: start.x, right: end.x, height: end.y - start.y };
    });
    const ink = [
      { left: Math.min(lines[0].left, lines[1].left), right: Math.max(lines[0].right, lines[1].right) },
      { left: lines[2].left, right: lines[2].right },
    ];
    for (const [index, { left, right, top, bottom }] of inPixels('[part~=box]').entries()) {
      expect(ink[index].left - halfLine - left, `space left of ${index}`).to.be.within(2, 16);
      expect(right - ink[index].right - halfLine, `space right of ${index}`).to.be.within(2, 16);
      expect(bottom - top).to.be.above(lines[2].height);
    }
  });

  it('frames digits close to each other apart', async () => {
    const { width } = surface(element).getBoundingClientRect();
    const ones = [0, 22].map((offset) => [0.25, 0.4, 0.6, 0.75].map((y) => [0.4 + offset / width, y] as const));
    await drawOn(surface(element), ones);
    await element.recognitionComplete;
    await rendered(element);
    expect(element.value).to.equal('11');
    const [left, right] = [...pad(element).shadowRoot!.querySelectorAll('[part~=box]')].map((box) =>
      box.getBoundingClientRect(),
    );
    expect(left.right).to.be.below(right.left);
  });

  it('frames a digit at the edge within the pad', async () => {
    await drawOn(surface(element), [
      [
        [0.01, 0.02],
        [0.01, 0.5],
        [0.01, 0.98],
      ],
    ]);
    await element.recognitionComplete;
    await rendered(element);
    const box = pad(element).shadowRoot!.querySelector('[part~=box]')!.getBoundingClientRect();
    const sheet = surface(element).getBoundingClientRect();
    expect(box.left).to.be.above(sheet.left);
    expect(box.top).to.be.above(sheet.top);
    expect(box.bottom).to.be.below(sheet.bottom);
  });

  it('has labels of a readable size on a small pad, whatever the size of the drawing', async () => {
    element.style.width = '300px';
    const strokes = drawnNumber('27', { x: 60, y: 60, size: 300 });
    element.strokes = strokes.map((line) => ({ points: line.map(([x, y]) => ({ x, y })) }));
    await element.recognitionComplete;
    await allRendered();
    expect(labels(element)).to.deep.equal(['2', '7']);
    const svg = pad(element).shadowRoot!.querySelector<SVGSVGElement>('.ink')!;
    const label = svg.querySelector('[part~=box-label]')!;
    const pixels = parseFloat(getComputedStyle(label).fontSize) * svg.getScreenCTM()!.a;
    expect(pixels).to.be.at.least(11.9);
  });

  it('has a wide pad, and asks for a number', async () => {
    const { width, height } = surface(element).getBoundingClientRect();
    expect(width / height).to.be.closeTo(2.5, 0.1);
    expect(pad(element).shadowRoot!.querySelector<HTMLElement>('[part~=hint]')!.innerText).to.equal('Draw a number');
    expect(surface(element).ariaLabel).to.equal('Drawing pad for a number');
    element.required = true;
    await element.updateComplete;
    expect(element.validationMessage).to.equal('Please draw a number.');
  });

  it('selects the last digit, or the chosen one', async () => {
    await draw(element, '276');
    expect(digits(element).map((digit) => digit.innerText)).to.deep.equal(['2', '7', '6']);
    expect(element.recognition?.digit).to.equal(6);
    digits(element)[0].click();
    await rendered(element);
    expect(element.recognition?.digit).to.equal(2);
    expect(digits(element).map((digit) => digit.ariaPressed)).to.deep.equal(['true', 'false', 'false']);
    expect(predictions(element).shadowRoot!.querySelector<HTMLElement>('[part~=digit]')!.innerText).to.equal('2');
    expect(element.value).to.equal('276');
  });

  it('announces the number once it is settled', async () => {
    await draw(element, '20');
    const status = predictions(element).shadowRoot!.querySelector('[role=status]')!;
    expect(status.textContent).to.match(/^20, \d+\.\d% sure$/);
  });

  it('changes only what is necessary when the last stroke is undone', async () => {
    await draw(element, '2026');
    const before = element.recognitions;
    element.undo();
    await element.recognitionComplete;
    expect(element.value).to.equal('202');
    for (const [index, { image }] of element.recognitions.entries()) expect(image).to.equal(before[index].image);
    element.clear();
    await element.recognitionComplete;
    expect(element.value).to.equal('');
    expect(element.recognitions).to.be.empty;
  });

  it('has no value while it is not sure of a digit', async () => {
    await draw(element, '27');
    const { width, height } = surface(element).getBoundingClientRect();
    const scribble = Array.from(
      { length: 40 },
      (_, step) => [0.75 + (0.2 * height * Math.sin(step * 2.4)) / width, 0.45 + 0.25 * Math.cos(step * 3.1)] as const,
    );
    await drawOn(surface(element), [scribble]);
    await element.recognitionComplete;
    await rendered(element);
    expect(element.value).to.equal('');
    expect(element.validity.badInput).to.be.true;
    expect(labels(element)).to.include('?');
    const { shadowRoot } = predictions(element);
    expect(shadowRoot!.querySelector('[role=status]')!.textContent).to.include('Not sure');
    const unsure = digits(element).find(({ textContent }) => textContent.trim() === '?')!;
    expect(unsure.ariaPressed).to.equal('true');
    expect(unsure.getAttribute('aria-label')).to.include('Not sure');
    // It can be picked, which leaves the focus on what was picked, although other digits cannot be corrected.
    const option = shadowRoot!.querySelector<HTMLElement>('[role=listbox] [data-digit="5"]')!;
    option.focus();
    option.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await rendered(element);
    expect(element.value).to.equal('275');
    expect(element.validity.valid).to.be.true;
    expect((shadowRoot!.activeElement as HTMLElement).dataset.digit).to.equal('5');
    digits(element)[0].click();
    await rendered(element);
    expect(shadowRoot!.querySelector('[role=listbox]')).to.equal(null);
  });

  it('corrects the selected digit', async () => {
    element.correctable = true;
    await draw(element, '27');
    const corrected: (number | null)[] = [];
    element.addEventListener('digit-correction', ({ digit }) => corrected.push(digit));
    digits(element)[0].click();
    await rendered(element);
    predictions(element).shadowRoot!.querySelector<HTMLElement>('[data-digit="3"]')!.click();
    await rendered(element);
    expect(element.value).to.equal('37');
    expect(labels(element)).to.deep.equal(['3', '7']);
    digits(element)[1].click();
    await rendered(element);
    expect(corrected).to.deep.equal([3]);
    expect(element.value).to.equal('37');
  });

  it('accepts typed digits one after the other', async () => {
    pad(element).focus();
    for (const key of '204') {
      surface(element).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    }
    expect(element.value).to.equal('204');
    surface(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Backspace', bubbles: true, composed: true }));
    expect(element.value).to.equal('20');
  });

  it('rereads when switched to one digit, and to several again', async () => {
    await draw(element, '27');
    element.multiple = false;
    await element.updateComplete;
    await element.recognitionComplete;
    expect(element.recognitions).to.have.length(1);
    element.multiple = true;
    await element.updateComplete;
    await element.recognitionComplete;
    expect(element.value).to.equal('27');
  });

  it('reads pictures of numbers, one after the other', async () => {
    for (const number of ['2026', '4627', '71']) {
      const canvas = document.createElement('canvas');
      canvas.width = 400;
      canvas.height = 140;
      const context = canvas.getContext('2d')!;
      context.lineWidth = 8;
      for (const line of drawnNumber(number, { x: 20, y: 20, size: 100 })) {
        context.beginPath();
        for (const [x, y] of line) context.lineTo(x, y);
        context.stroke();
      }
      await element.recognize(canvas);
      expect(element.value).to.equal(number);
    }
  });

  it('removes everything typed when it is cleared, and when its form is reset', async () => {
    const type = (keys: string): void => {
      for (const key of keys) {
        surface(element).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      }
    };
    type('204');
    element.clear();
    expect(element.value).to.equal('');
    type('204');
    element.formResetCallback();
    expect(element.value).to.equal('');
    type('20');
    surface(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect(element.value).to.equal('');
  });

  it('has no axe violations', async () => {
    await draw(element, '427');
    await expect(element).to.be.accessible();
  });
});
