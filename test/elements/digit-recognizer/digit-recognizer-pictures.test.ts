import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import { recognize, type DigitErrorEvent, type DigitRecognizer } from '../../../src/index.js';
import { en } from '../../../src/messages/index.js';
import { fixture, rendered } from '../../support/fixture.js';
import { gif, sevenCanvas, sevenSvg, toBlob } from '../../support/picture-files.js';
import { drawnNumber } from '../../support/number.js';
import { drawOn } from '../../support/pointer.js';

const inside = <E extends HTMLElement>(element: DigitRecognizer, selector: string): E | null =>
  element.shadowRoot!.querySelector<E>(selector);
const surface = (element: DigitRecognizer): HTMLElement =>
  inside(element, 'digit-pad')!.shadowRoot!.querySelector('[part~=surface]')!;

const sevenFile = async (name = 'seven.png'): Promise<File> =>
  new File([await toBlob(sevenCanvas())], name, { type: 'image/png' });

function transferOf(...files: File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

/** @returns whether the event is left to the page */
const drag = (element: Element, type: string, dataTransfer: DataTransfer): boolean =>
  element.dispatchEvent(new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer }));

const paste = (target: Element, clipboardData: DataTransfer): boolean => {
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
  // Firefox accepts only text in the constructor's arguments.
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  return target.dispatchEvent(event);
};

const read = (element: DigitRecognizer): Promise<unknown> =>
  waitUntil(() => element.value === '7' && inside(element, '.picture'), 'the picture is read', { timeout: 25_000 });

const seven = [
  [
    [0.28, 0.22],
    [0.7, 0.22],
    [0.45, 0.8],
  ],
] as const;

describe('<digit-recognizer pictures>', () => {
  let element: DigitRecognizer;

  beforeEach(async () => {
    element = await fixture(html`<digit-recognizer pictures backend="wasm" name="digit"></digit-recognizer>`);
    await waitUntil(() => element.status === 'ready', 'it is ready', { timeout: 25_000 });
  });

  it('says that it has found nothing in a blank picture', async () => {
    for (const multiple of [false, true]) {
      element.multiple = multiple;
      await element.recognize(new ImageData(28, 28));
      await rendered(element);
      const predictions = inside(element, 'digit-predictions')!.shadowRoot!;
      expect(predictions.querySelector('[part~=not-sure]')!.textContent).to.equal(en.nothingRecognized);
      expect(predictions.querySelector('[role=status]')!.textContent).to.equal(en.nothingRecognized);
      expect(element.validationMessage).to.equal(en.nothingRecognized);
      element.clear();
      await rendered(element);
      expect(predictions.querySelector('[part~=not-sure]')).to.equal(null);
    }
  });

  it('reads a dropped file, and shows it with its name', async () => {
    const changed = oneEvent(element, 'change');
    expect(drag(element, 'drop', transferOf(await sevenFile()))).to.be.false;
    await read(element);
    await changed;
    expect(inside(element, '.picture-name')!.textContent).to.equal('seven.png');
    const thumbnail = inside<HTMLCanvasElement>(element, '.thumbnail canvas')!;
    expect(thumbnail.ariaLabel ?? thumbnail.getAttribute('aria-label')).to.equal('Picture: seven.png');
    const { data } = thumbnail.getContext('2d')!.getImageData(0, 0, thumbnail.width, thumbnail.height);
    expect(Math.min(...data.filter((_, index) => index % 4 === 0))).to.equal(0);
  });

  it('frames the digits of a number on its thumbnail, the selected one more boldly', async () => {
    element.multiple = true;
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 120 });
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 300, 120);
    context.lineWidth = 6;
    const lines = drawnNumber('274', { x: 30, y: 25, size: 70 });
    for (const [first, ...others] of lines) {
      context.moveTo(...first);
      for (const [x, y] of others) context.lineTo(x, y);
    }
    context.stroke();
    await element.recognize(canvas);
    await element.updateComplete;
    const frames = [...element.shadowRoot!.querySelectorAll('.thumbnail rect')];
    expect(element.value).to.equal('274');
    expect(frames.map((frame) => frame.matches('.selected'))).to.deep.equal([false, false, true]);
    const { left, width } = inside(element, '.thumbnail canvas')!.getBoundingClientRect();
    const columns = lines.flatMap((line) => line.map(([x]) => left + (x / 300) * width));
    const boxes = frames.map((frame) => frame.getBoundingClientRect());
    expect(Math.abs(boxes[0].left - Math.min(...columns))).to.be.below(5);
    expect(Math.abs(boxes[2].right - Math.max(...columns))).to.be.below(5);
    element.clear();
    await element.updateComplete;
    expect(inside(element, '.thumbnail')).to.be.null;
  });

  it('shows that it accepts the file while it is dragged over it', async () => {
    const transfer = transferOf(await sevenFile());
    expect(drag(element, 'dragenter', transfer)).to.be.false;
    expect(drag(surface(element), 'dragover', transfer)).to.be.false;
    expect(element.matches(':state(dropping)')).to.be.true;
    expect(getComputedStyle(inside(element, '.drop-hint')!).display).to.equal('grid');
    drag(element, 'dragleave', transfer);
    expect(element.matches(':state(dropping)')).to.be.false;
    drag(element, 'dragover', transfer);
    drag(element, 'drop', transfer);
    expect(element.matches(':state(dropping)')).to.be.false;
  });

  it('reads a pasted picture while focused, and leaves other pastes alone', async () => {
    const transfer = transferOf(await sevenFile());
    expect(paste(document.body, transfer)).to.be.true;
    element.focus();
    const text = new DataTransfer();
    text.setData('text/plain', '7');
    expect(paste(document.body, text)).to.be.true;
    expect(paste(document.body, transfer)).to.be.false;
    await read(element);
    (document.activeElement as HTMLElement).blur();
    expect(paste(document.body, transfer)).to.be.true;
  });

  it('keeps its picture if a page mirrors the strokes, and removes it for others', async () => {
    drag(element, 'drop', transferOf(await sevenFile()));
    await read(element);
    const { strokes } = element;
    element.strokes = strokes;
    await element.updateComplete;
    expect(element.value).to.equal('7');
    expect(inside(element, '.picture')).to.exist;
    element.strokes = [];
    await element.updateComplete;
    expect(element.value).to.equal('');
    expect(inside(element, '.picture')).to.be.null;
  });

  it('removes the picture with its button, with clear(), with Escape on the pad, and with new ink', async () => {
    const remove: (() => unknown)[] = [
      () => inside(element, '.remove')!.click(),
      () => element.clear(),
      () =>
        surface(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true })),
      () => drawOn(surface(element), seven),
    ];
    for (const [index, act] of remove.entries()) {
      drag(element, 'drop', transferOf(await sevenFile()));
      await read(element);
      await act();
      await element.recognitionComplete;
      await element.updateComplete;
      expect(inside(element, '.picture'), `way ${index}`).to.be.null;
      expect(element.value, `way ${index}`).to.equal(index === 3 ? '7' : '');
    }
  });

  it('explains why a file cannot be read, fires an error, and keeps ink and answer', async () => {
    await drawOn(surface(element), seven);
    await element.recognitionComplete;
    for (const [file, words, code] of [
      [new File(['x'], 'notes.txt', { type: 'text/plain' }), 'This kind of file', 'unsupported-image'],
      [new File([(await sevenFile()).slice(0, 60)], 'cut.png'), 'damaged', 'unreadable-image'],
      [new File([gif(2)], 'a.gif', { type: 'image/gif' }), 'Animated', 'animated-image'],
    ] as const) {
      const failed = oneEvent(element, 'digit-error');
      drag(element, 'drop', transferOf(file));
      expect(((await failed) as unknown as DigitErrorEvent).error).to.include({ code });
      await element.updateComplete;
      const alert = inside(element, '[role=alert]')!;
      expect(alert.innerText).to.include(words).and.to.include('Your drawing is still there');
      expect(element.strokes).to.have.length(1);
      expect(element.value).to.equal('7');
    }
    drag(element, 'drop', transferOf(await sevenFile()));
    await read(element);
    expect(inside(element, '[role=alert]')).to.be.null;
    element.undo();
    await element.updateComplete;
    expect(element.strokes).to.have.length(1);
    expect(inside(element, '.picture')).to.be.null;
  });

  it('rejects files while disabled or readonly, without letting the browser leave the page', async () => {
    const transfer = transferOf(await sevenFile());
    const heard: unknown[] = [];
    element.addEventListener('digit-recognition', ({ recognition }) => heard.push(recognition?.digit));
    for (const state of ['disabled', 'readOnly'] as const) {
      element[state] = true;
      await element.updateComplete;
      expect(drag(element, 'dragover', transfer)).to.be.false;
      expect(transfer.dropEffect).to.equal('none');
      expect(element.matches(':state(dropping)')).to.be.false;
      expect(drag(element, 'drop', transfer)).to.be.false;
      expect(inside<HTMLButtonElement>(element, '.choose')!.disabled).to.be.true;
      // Chosen in a dialog that was open before.
      const input = inside<HTMLInputElement>(element, '.file')!;
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
      element[state] = false;
    }
    // Otherwise, the rejected file would be read before this one.
    await element.updateComplete;
    drag(element, 'drop', transferOf(await sevenFile('taken.png')));
    await read(element);
    expect(heard).to.deep.equal([7]);
    expect(inside(element, '.picture-name')!.textContent).to.equal('taken.png');
  });

  it('keeps its picture while disabled or readonly', async () => {
    drag(element, 'drop', transferOf(await sevenFile()));
    await read(element);
    for (const state of ['disabled', 'readOnly'] as const) {
      element[state] = true;
      await element.updateComplete;
      for (const key of ['Escape', 'Backspace']) {
        surface(element).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      }
      inside(element, '.remove')!.click();
      expect(element.value).to.equal('7');
      element[state] = false;
    }
  });

  it('keeps its picture when Backspace deletes the digit that was typed over it', async () => {
    drag(element, 'drop', transferOf(await sevenFile()));
    await read(element);
    const press = (key: string): boolean =>
      surface(element).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    press('3');
    expect(element.value).to.equal('3');
    press('Backspace');
    expect(element.value).to.equal('7');
    press('Backspace');
    expect(element.value).to.equal('');
  });

  it('reads the latest of several files given in a row', async () => {
    const four = new File([sevenSvg('viewBox="0 0 200 200"')], 'first.svg', { type: 'image/svg+xml' });
    const second = await sevenFile('second.png');
    const name = (): string | null | undefined => inside(element, '.picture-name')?.textContent;
    drag(element, 'drop', transferOf(four));
    drag(element, 'drop', transferOf(second));
    await waitUntil(() => name() === 'second.png', 'the second one is read', { timeout: 25_000 });
    // The first one would have been decoded by now, too.
    expect((await recognize(four)).digit).not.to.be.undefined;
    await rendered(element);
    expect(name()).to.equal('second.png');
  });

  describe('while it is decoded', () => {
    const { createImageBitmap } = globalThis;
    let form: HTMLFormElement;
    let decode: () => void;
    let fired: string[];

    beforeEach(async () => {
      element.remove();
      form = await fixture(
        html`<form>
          <digit-recognizer pictures required value="" backend="wasm" name="digit"></digit-recognizer>
        </form>`,
      );
      element = form.querySelector('digit-recognizer')!;
      await waitUntil(() => element.status === 'ready', 'it is ready', { timeout: 25_000 });
      const gate = new Promise<void>((resolve) => (decode = resolve));
      globalThis.createImageBitmap = async (image: ImageBitmapSource, options?: unknown) => {
        await gate;
        return createImageBitmap(image, options as ImageBitmapOptions);
      };
      await drawOn(surface(element), [
        [
          [0.5, 0.2],
          [0.5, 0.8],
        ],
      ]);
      await element.recognitionComplete;
      await rendered(element);
      fired = [];
      for (const type of ['input', 'change']) form.addEventListener(type, () => fired.push(`${type} ${element.value}`));
    });

    afterEach(() => {
      globalThis.createImageBitmap = createImageBitmap;
    });

    const sent = (): FormDataEntryValue | null => new FormData(form).get('digit');
    const notice = (): string => inside(element, '[part~=notice]')!.innerText.trim();
    const ways: Readonly<Record<string, (file: File) => void>> = {
      dropped: (file) => void drag(element, 'drop', transferOf(file)),
      pasted: (file) => {
        inside(element, 'digit-pad')!.focus();
        paste(document.body, transferOf(file));
      },
      chosen: (file) => {
        const field = inside<HTMLInputElement>(element, '.file')!;
        field.files = transferOf(file).files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      },
    };

    for (const [how, give] of Object.entries(ways)) {
      it(`blocks the form: ${how}`, async () => {
        expect([sent(), form.checkValidity()]).to.deep.equal(['1', true]);
        give(await sevenFile());
        expect([sent(), element.value, form.checkValidity()]).to.deep.equal(['', '', false]);
        expect([element.validity.badInput, element.validationMessage]).to.deep.equal([true, en.reading]);
        await rendered(element);
        expect(notice()).to.equal(en.pictureReading);
        decode();
        await read(element);
        expect([sent(), form.checkValidity()]).to.deep.equal(['7', true]);
        await rendered(element);
        expect(notice()).not.to.equal(en.pictureReading);
        expect(fired).to.deep.equal(['input ', 'input 7', 'change 7']);
      });
    }

    it('restores the value if decoding fails, and explains why', async () => {
      const failed = oneEvent(element, 'digit-error') as Promise<unknown> as Promise<DigitErrorEvent>;
      drag(element, 'drop', transferOf(new File(['x'], 'x.png', { type: 'image/png' })));
      expect(sent()).to.equal('');
      decode();
      expect((await failed).error).to.have.property('code', 'unsupported-image');
      expect([sent(), form.checkValidity()]).to.deep.equal(['1', true]);
      await rendered(element);
      expect(notice()).to.include(en.pictureUnsupported);
      expect(fired).to.deep.equal(['input ', 'input 1']);
      ways.chosen(await sevenFile());
      await read(element);
    });

    for (const [how, give] of Object.entries({
      'the button of its pad': () => {
        inside(element, 'digit-pad')!.shadowRoot!.querySelector<HTMLElement>('button[aria-label=Clear]')!.click();
      },
      'clear()': () => element.clear(),
      'reset()': () => form.reset(),
    })) {
      it(`is aborted by ${how}, immediately, and its error is not reported`, async () => {
        const errors: unknown[] = [];
        element.addEventListener('digit-error', ({ error }) => errors.push(error));
        for (const file of [await sevenFile(), new File(['x'], 'x.png', { type: 'image/png' })]) {
          drag(element, 'drop', transferOf(file));
          await rendered(element);
          give();
          expect([sent(), element.validity.valueMissing]).to.deep.equal(['', true]);
          await rendered(element);
          expect(notice()).not.to.equal(en.pictureReading);
        }
        decode();
        // One that is passed now is read after those.
        drag(element, 'drop', transferOf(await sevenFile('last.png')));
        await read(element);
        expect(inside(element, '.picture-name')!.textContent).to.equal('last.png');
        expect(errors).to.deep.equal([]);
      });
    }

    it('is read even if the control becomes disabled or readonly, or is moved', async () => {
      drag(element, 'drop', transferOf(await sevenFile()));
      element.disabled = true;
      expect(sent()).to.be.null;
      await rendered(element);
      element.disabled = false;
      expect([sent(), element.validity.badInput]).to.deep.equal(['', true]);
      element.readOnly = true;
      form.append(element);
      decode();
      await read(element);
      expect(sent()).to.equal('7');
    });
  });

  it('leaves files to the page unless it accepts pictures, and text drags always', async () => {
    const text = new DataTransfer();
    text.setData('text/plain', '7');
    expect(drag(element, 'dragover', text)).to.be.true;
    element.pictures = false;
    await element.updateComplete;
    expect(drag(element, 'drop', transferOf(await sevenFile()))).to.be.true;
    expect(drag(element, 'dragover', transferOf(await sevenFile()))).to.be.true;
    expect(inside(element, '.choose')).to.be.null;
  });

  it('reads a number from a picture with `multiple`', async () => {
    element.multiple = true;
    await element.updateComplete;
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 400, height: 200 });
    const context = canvas.getContext('2d')!;
    context.drawImage(sevenCanvas(), 0, 0);
    context.drawImage(sevenCanvas(), 200, 0);
    drag(element, 'drop', transferOf(new File([await toBlob(canvas)], 'number.png', { type: 'image/png' })));
    await waitUntil(() => element.value === '77', 'the number is read', { timeout: 25_000 });
    expect(inside(element, 'digit-pad')!.shadowRoot!.querySelectorAll('[part~=box]')).to.have.length(0);
  });

  it('is accessible with a picture and with an error', async () => {
    drag(element, 'drop', transferOf(await sevenFile()));
    await read(element);
    await expect(element).to.be.accessible();
    const failed = oneEvent(element, 'digit-error');
    drag(element, 'drop', transferOf(new File(['x'], 'x.png', { type: 'image/png' })));
    await failed;
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });
});
