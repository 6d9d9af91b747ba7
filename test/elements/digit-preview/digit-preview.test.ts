import { expect, html, waitUntil } from '@open-wc/testing';
import '../../../src/define/digit-preview.js';
import '../../../src/define/digit-recognizer.js';
import { assetUrls } from '../../../src/inference/files/assets.js';
import { convolve } from '../../../src/explain/convolve.js';
import { readFirstLayer } from '../../../src/model/first-layer.js';
import { DigitTypedEvent } from '../../../src/index.js';
import type { DigitPreview, DigitRecognizer, PreviewView } from '../../../src/index.js';
import { en } from '../../../src/messages/index.js';
import { RecognitionStore } from '../../../src/recognition/index.js';
import { fixture, rendered } from '../../support/fixture.js';
import { firstTen } from '../../inference/support.js';
import '../../../src/onnxruntime.js';
import { pressKeys, setViewport } from '../../support/page.js';
import { drawnOne, drawnSeven, playPointer } from '../../support/pointer.js';

const all = <E extends Element = HTMLElement>(preview: DigitPreview, selector: string): E[] => [
  ...preview.shadowRoot!.querySelectorAll<E>(selector),
];
const one = (preview: DigitPreview, selector: string): HTMLElement => all(preview, selector)[0];
const canvas = (preview: DigitPreview): HTMLCanvasElement => preview.shadowRoot!.querySelector('canvas')!;
const pixelsOf = (picture: HTMLCanvasElement): Uint8ClampedArray =>
  picture.getContext('2d')!.getImageData(0, 0, picture.width, picture.height).data;
/** Red, green and blue of a pixel. */
const colorAt = (picture: HTMLCanvasElement, row: number, column: number): number[] => [
  ...pixelsOf(picture).subarray((row * picture.width + column) * 4, (row * picture.width + column) * 4 + 3),
];

const strokes = (drawn: typeof drawnSeven | typeof drawnOne) =>
  drawn.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: x * 280, y: y * 280 })) }));

/** A preview in a recognizer that has read a seven. */
async function answered(
  attributes: string,
  model: 'compact' | 'reference' = 'compact',
): Promise<{ preview: DigitPreview; recognizer: DigitRecognizer }> {
  const holder = await fixture<HTMLElement>(html`<div></div>`);
  holder.innerHTML = `<digit-recognizer backend="wasm" model="${model}"><digit-preview ${attributes}></digit-preview></digit-recognizer>`;
  const recognizer = holder.querySelector('digit-recognizer')!;
  recognizer.strokes = strokes(drawnSeven);
  await recognizer.recognitionComplete;
  const preview = holder.querySelector('digit-preview')!;
  await preview.updateComplete;
  return { preview, recognizer };
}

const comes = (preview: DigitPreview, selector: string): Promise<void> =>
  waitUntil(() => one(preview, selector), `${selector} comes`, { timeout: 20_000 });

const ramp = Float32Array.from({ length: 784 }, (_, index) => (index % 256) / 255);

describe('<digit-preview>', () => {
  // The first test of this page, before any other has loaded them.
  it('loads nothing for other views while none is shown', async () => {
    const loaded = (): number =>
      performance.getEntriesByType('resource').filter(({ name }) => /preview-views|saliency/.test(name)).length;
    const { preview } = await answered('');
    expect(loaded()).to.equal(0);
    preview.view = 'steps';
    await comes(preview, '.steps');
    expect(loaded()).to.be.above(0);
  });

  it('shows each of the 784 values as one gray pixel', async () => {
    const preview = await fixture<DigitPreview>(html`<digit-preview .image=${ramp}></digit-preview>`);
    const { width, height } = canvas(preview);
    expect([width, height]).to.deep.equal([28, 28]);
    const data = pixelsOf(canvas(preview));
    for (let pixel = 0; pixel < 784; pixel += 1) {
      const gray = pixel % 256;
      expect([...data.subarray(pixel * 4, pixel * 4 + 4)]).to.deep.equal([gray, gray, gray, 255]);
    }
  });

  it('is crisp at any size, with pixels of equal size if they fit', async () => {
    const preview = await fixture<DigitPreview>(html`<digit-preview></digit-preview>`);
    expect(canvas(preview).clientWidth % 28, 'at its default size').to.equal(0);
    preview.style.setProperty('--digit-preview-size', '280px');
    expect(getComputedStyle(canvas(preview)).imageRendering).to.equal('pixelated');
    expect(preview.getBoundingClientRect().width).to.equal(280);
    expect(canvas(preview).getBoundingClientRect().width).to.equal(280);
    expect(canvas(preview).clientWidth).to.equal(280);
  });

  it('is black, and described as empty, without an image', async () => {
    const preview = await fixture<DigitPreview>(html`<digit-preview></digit-preview>`);
    expect(canvas(preview).ariaLabel).to.include('nothing yet');
    preview.image = new Float32Array(784).fill(1);
    await preview.updateComplete;
    expect(canvas(preview).ariaLabel).to.include('28 by 28 pixels');
    preview.image = null;
    await preview.updateComplete;
    expect(canvas(preview).ariaLabel).to.include('nothing yet');
    expect(pixelsOf(canvas(preview)).every((value, index) => value === (index % 4 === 3 ? 255 : 0))).to.be.true;
  });

  it('treats an unknown view as the image itself', async () => {
    const preview = await fixture<DigitPreview>(html`<digit-preview view="unknown"></digit-preview>`);
    expect(canvas(preview).ariaLabel).to.include('nothing yet');
    preview.removeAttribute('view');
    await preview.updateComplete;
    expect(canvas(preview).ariaLabel).to.include('nothing yet');
  });

  it('has no axe violations', async () => {
    await expect(await fixture(html`<digit-preview></digit-preview>`)).to.be.accessible();
  });

  it('prints its images unchanged', async () => {
    const preview = await fixture<DigitPreview>(html`<digit-preview></digit-preview>`);
    expect(getComputedStyle(canvas(preview)).getPropertyValue('print-color-adjust')).to.equal('exact');
  });

  describe('steps', () => {
    it('shows ink, box, scaled and centered, each with its name', async () => {
      const { preview, recognizer } = await answered('view="steps"');
      await comes(preview, '.steps');
      expect(all(preview, '.caption').map(({ innerText }) => innerText)).to.deep.equal([
        'Ink',
        'Box around it',
        'Scaled to 20 by 20',
        'Centered by mass in 28 by 28',
      ]);
      const pictures = all<HTMLCanvasElement>(preview, 'canvas');
      expect(pictures.map(({ width }) => width)).to.deep.equal([140, 140, 20, 28]);
      const centered = pixelsOf(pictures[3]);
      for (const [pixel, value] of recognizer.recognition!.image.entries()) {
        expect(centered[pixel * 4]).to.equal(Math.round(value * 255));
      }
      for (const picture of pictures)
        expect(Math.max(...pixelsOf(picture).filter((_, i) => i % 4 === 0))).to.equal(255);
    });

    it('draws the bounding box of the ink', async () => {
      const { preview } = await answered('view="steps"');
      await comes(preview, '.steps');
      const [, boxed] = all<HTMLCanvasElement>(preview, 'canvas');
      const number = (name: string): number => Number(one(preview, '.box rect').getAttribute(name));
      const [left, top] = [number('x'), number('y')];
      const [right, bottom] = [left + number('width'), top + number('height')];
      const data = pixelsOf(boxed);
      for (let pixel = 0; pixel < 140 * 140; pixel += 1) {
        if (data[pixel * 4] < 20) continue;
        expect(pixel % 140).to.be.within(left - 1, right);
        expect(Math.floor(pixel / 140)).to.be.within(top - 1, bottom);
      }
      expect(right - left).to.be.below(100);
    });

    it('follows the ink', async () => {
      const { preview, recognizer } = await answered('view="steps"');
      await comes(preview, '.steps');
      const before = pixelsOf(all<HTMLCanvasElement>(preview, 'canvas')[3]);
      recognizer.strokes = strokes(drawnOne);
      await recognizer.recognitionComplete;
      await rendered(preview);
      expect([...pixelsOf(all<HTMLCanvasElement>(preview, 'canvas')[3])]).not.to.deep.equal([...before]);
      recognizer.clear();
      await recognizer.recognitionComplete;
      await rendered(preview);
      expect(one(preview, '.steps')).to.be.undefined;
      expect(one(preview, '.note').innerText).to.equal('Nothing to show yet');
    });

    it('says that there is nothing to show if the steps are unknown', async () => {
      const steps = Object.getOwnPropertyDescriptor(RecognitionStore.prototype, 'steps')!;
      Object.defineProperty(RecognitionStore.prototype, 'steps', { configurable: true, get: () => null });
      try {
        const { preview } = await answered('view="steps"');
        await waitUntil(() => one(preview, '.note')?.innerText === 'Nothing to show yet');
      } finally {
        Object.defineProperty(RecognitionStore.prototype, 'steps', steps);
      }
    });

    it('shows those of a picture, too', async () => {
      const { preview, recognizer } = await answered('view="steps"');
      const picture = document.createElement('canvas');
      picture.width = 200;
      picture.height = 100;
      const context = picture.getContext('2d')!;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, 200, 100);
      context.fillStyle = '#00f';
      context.fillRect(150, 20, 10, 60);
      await recognizer.recognize(picture);
      await rendered(preview);
      const [ink] = all<HTMLCanvasElement>(preview, 'canvas');
      const data = pixelsOf(ink);
      const inked = [...Array(140 * 140).keys()].filter((pixel) => data[pixel * 4] > 128);
      expect(inked).not.to.be.empty;
      for (const pixel of inked) expect(pixel % 140).to.be.within(103, 113);
    });
  });

  describe('saliency', () => {
    it('colors the ink that counted, explains the colors and names the part that counted most', async () => {
      const { preview, recognizer } = await answered('view="saliency"');
      await comes(preview, '.saliency');
      expect(one(preview, '[part=sentence]').innerText).to.match(
        /^What matters most for 7 is the ink (at the|on the|in the middle)/,
      );
      expect(all(preview, '.legend li').map(({ innerText }) => innerText)).to.deep.equal([
        'counts for 7',
        'counts against 7',
      ]);
      const { image } = recognizer.recognition!;
      const picture = canvas(preview);
      let colored = 0;
      for (let pixel = 0; pixel < 784; pixel += 1) {
        const [red, green, blue] = colorAt(picture, Math.floor(pixel / 28), pixel % 28);
        if (image[pixel] === 0) expect([red, green, blue]).to.deep.equal([0, 0, 0]);
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > 40) colored += 1;
      }
      expect(colored).to.be.above(5);
    });

    it('explains the digit that the user has picked', async () => {
      const { preview } = await answered('view="saliency"');
      await comes(preview, '.saliency');
      const before = [...pixelsOf(canvas(preview))];
      preview.dispatchEvent(new DigitTypedEvent(1));
      await waitUntil(() => one(preview, '.for').innerText === 'counts for 1', 'the legend follows');
      expect([...pixelsOf(canvas(preview))]).not.to.deep.equal(before);
    });

    it('explains the nearest guess if it is not sure', async () => {
      const { preview, recognizer } = await answered('view="saliency"');
      await recognizer.recognize([
        {
          points: [
            { x: 20, y: 140 },
            { x: 260, y: 140 },
          ],
        },
      ]);
      const nearest = recognizer.recognition!.predictions[0].digit;
      await waitUntil(() => one(preview, '.for')?.innerText === `counts for ${nearest}`, 'the legend follows');
    });
  });

  describe('layer', () => {
    for (const [model, count] of [
      ['compact', 16],
      ['reference', 32],
    ] as const) {
      it(`shows the ${count} pictures of ${model}'s first layer`, async () => {
        const { preview, recognizer } = await answered('view="layer"', model);
        await comes(preview, '.layer');
        const pictures = all<HTMLCanvasElement>(preview, '.layer canvas');
        expect(pictures).to.have.length(count);
        expect(one(preview, '.layer').ariaLabel).to.include(`${count} pictures`);
        const file = new Uint8Array(await (await fetch(assetUrls[model].model)).arrayBuffer());
        const { maps, width } = convolve(recognizer.recognition!.image, readFirstLayer(file));
        const strongest = Math.max(...maps.map((map) => Math.max(...map)));
        maps.forEach((map, index) => {
          expect(pictures[index].width).to.equal(width);
          const data = pixelsOf(pictures[index]);
          map.forEach((value, pixel) => expect(data[pixel * 4]).to.be.closeTo((value / strongest) * 255, 0.51));
        });
      });
    }

    it('reports why it cannot be shown', async () => {
      const { preview, recognizer } = await answered('view="layer"');
      recognizer.model = firstTen;
      await waitUntil(() => one(preview, '[role=alert]'), 'an error is shown', { timeout: 20_000 });
      expect(one(preview, '[role=alert]').innerText).to.equal(en.viewFailed);
      preview.view = 'steps';
      await comes(preview, '.steps');
      expect(one(preview, '[role=alert]')).to.be.undefined;
    });
  });

  describe('the choice of views', () => {
    const tabs = (preview: DigitPreview) => all<HTMLButtonElement>(preview, '[role=tab]');
    const chosen = (preview: DigitPreview): string[] =>
      tabs(preview)
        .filter(({ ariaSelected }) => ariaSelected === 'true')
        .map(({ innerText }) => innerText);

    it('is not shown by default', async () => {
      const { preview } = await answered('');
      expect(tabs(preview)).to.be.empty;
    });

    it('is a list of tabs, by pointer and by keyboard', async () => {
      const { preview } = await answered('controls');
      expect(tabs(preview).map(({ innerText }) => innerText)).to.deep.equal([
        'Picture',
        'Steps',
        'What matters',
        'First layer',
      ]);
      tabs(preview)[1].click();
      await comes(preview, '.steps');
      expect(preview.view).to.equal('steps');
      expect(chosen(preview)).to.deep.equal(['Steps']);
      tabs(preview)[1].focus();
      for (const [key, view, selector] of [
        ['ArrowRight', 'saliency', '.saliency'],
        ['ArrowRight', 'layer', '.layer'],
        ['ArrowRight', 'input', '.picture[role=img]'],
        ['ArrowLeft', 'layer', '.layer'],
        ['Home', 'input', '.picture[role=img]'],
        ['End', 'layer', '.layer'],
      ] as const) {
        await pressKeys(key);
        await comes(preview, selector);
        expect(preview.view).to.equal(view);
        expect(preview.shadowRoot!.activeElement!.id).to.equal(view);
        expect(one(preview, '[role=tabpanel]').getAttribute('aria-labelledby')).to.equal(view);
      }
      expect(tabs(preview).filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
    });

    it('follows the arrow keys in reading direction, from right to left', async () => {
      const { preview } = await answered('controls dir="rtl"');
      tabs(preview)[0].focus();
      await pressKeys('ArrowLeft');
      expect(preview.view).to.equal('steps');
    });

    it('is still styled after the preview was moved', async () => {
      const preview = await fixture<DigitPreview>(html`<digit-preview controls></digit-preview>`);
      await comes(preview, '.views');
      const { display } = getComputedStyle(one(preview, '.views'));
      expect(display).to.equal('flex');
      (await fixture<HTMLElement>(html`<div></div>`)).append(preview);
      await preview.updateComplete;
      expect(getComputedStyle(one(preview, '.views')).display).to.equal(display);
    });

    it("never shows one view under another's name", async () => {
      const { preview, recognizer } = await answered('controls view="steps"');
      await comes(preview, '.steps');
      recognizer.strokes = strokes(drawnOne);
      preview.view = 'layer';
      await preview.updateComplete;
      expect(one(preview, '.steps')).to.be.undefined;
      await comes(preview, '.layer');
    });
  });

  describe('inspect', () => {
    const words = (preview: DigitPreview): string => one(preview, '.pixel').innerText.trim();
    const said = (preview: DigitPreview): string => one(preview, '[role=status]').innerText.trim();
    let preview: DigitPreview;

    beforeEach(async () => {
      preview = await fixture(html`<digit-preview inspect .image=${ramp}></digit-preview>`);
    });

    it('is not shown by default', async () => {
      preview.inspect = false;
      await preview.updateComplete;
      expect(one(preview, '.pixels')).to.be.undefined;
    });

    it('shows the value under the pointer, and announces nothing', async () => {
      const { left, top, width } = canvas(preview).getBoundingClientRect();
      const cell = width / 28;
      // Row 12, column 9: index 11 * 28 + 8 = 316, so that the value is 60 of 255.
      await playPointer('mouse', [
        { type: 'move', x: Math.round(left + 8.5 * cell), y: Math.round(top + 11.5 * cell) },
      ]);
      await preview.updateComplete;
      expect(words(preview)).to.equal('row 12, column 9: 0.24');
      expect(said(preview)).to.equal('');
      await playPointer('mouse', [{ type: 'move', x: Math.round(left + width + 50), y: 5 }]);
      await preview.updateComplete;
      expect(words(preview)).to.equal('');
    });

    it('is offered though a framework passes no picture yet', async () => {
      const preview = await fixture<DigitPreview>(html`<digit-preview inspect .image=${undefined}></digit-preview>`);
      await comes(preview, '[part~=pixels]');
    });

    it('moves with the arrow keys and announces each pixel', async () => {
      await pressKeys('Tab');
      await preview.updateComplete;
      expect(said(preview)).to.equal('row 1, column 1: 0.00');
      for (const [key, expected] of [
        ['ArrowRight', 'row 1, column 2: 0.00'],
        ['ArrowDown', 'row 2, column 2: 0.11'],
        ['End', 'row 2, column 28: 0.22'],
        ['ArrowRight', 'row 2, column 28: 0.22'],
        ['PageDown', 'row 28, column 28: 0.06'],
        ['ArrowDown', 'row 28, column 28: 0.06'],
        ['Home', 'row 28, column 1: 0.96'],
        ['ArrowUp', 'row 27, column 1: 0.85'],
        ['PageUp', 'row 1, column 1: 0.00'],
        ['ArrowUp', 'row 1, column 1: 0.00'],
        ['ArrowLeft', 'row 1, column 1: 0.00'],
      ]) {
        await pressKeys(key);
        await preview.updateComplete;
        expect(said(preview), key).to.equal(expected);
        expect(words(preview), key).to.equal(expected);
      }
      const cursor = one(preview, '.cursor rect');
      expect([cursor.getAttribute('x'), cursor.getAttribute('y')]).to.deep.equal(['0', '0']);
    });

    it('has no axe violations', async () => {
      await expect(preview).to.be.accessible();
    });
  });

  it('fits from 120 px to the full page, in every view', async () => {
    await setViewport({ width: 1280, height: 900 });
    const { preview } = await answered('controls inspect');
    for (const view of ['input', 'steps', 'saliency', 'layer'] satisfies PreviewView[]) {
      preview.view = view;
      await comes(preview, view === 'input' ? '.pixels' : `.${view}`);
      for (const width of [120, 200, 320, 1240]) {
        preview.style.setProperty('--digit-preview-wide-size', `${width}px`);
        const box = preview.getBoundingClientRect();
        for (const part of all(preview, 'canvas, p, button, .caption, li')) {
          const { left, right } = part.getBoundingClientRect();
          expect(left, `${view} at ${width} px`).to.be.at.least(box.left - 0.5);
          expect(right, `${view} at ${width} px`).to.be.at.most(box.right + 0.5);
        }
        for (const picture of all(preview, 'canvas')) expect(picture.getBoundingClientRect().width).to.be.at.least(24);
      }
    }
    await setViewport({ width: 800, height: 600 });
  });

  it('has no axe violations in any view, in light and dark', async () => {
    const { preview, recognizer } = await answered('controls');
    for (const scheme of ['light', 'dark']) {
      recognizer.parentElement!.style.cssText = `color-scheme: ${scheme}; background: ${scheme === 'dark' ? '#11141c' : '#fff'}`;
      for (const view of ['steps', 'saliency', 'layer'] satisfies PreviewView[]) {
        preview.view = view;
        await comes(preview, `.${view}`);
        await expect(preview).to.be.accessible();
      }
    }
  });
});
