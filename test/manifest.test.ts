/** Compares what the elements render, set and fire, while they are used in every way, with the manifest. */
import { expect, html, waitUntil } from '@open-wc/testing';
import '../src/define.js';
import {
  WriterProfile,
  type DigitPad,
  type DigitPredictions,
  type DigitPreview,
  type DigitRecognizer,
} from '../src/index.js';
import { fixture, rendered } from './support/fixture.js';
import { asStrokes, drawnNumber } from './support/number.js';
import { surface } from './support/pad.js';
import { pressKeys } from './support/page.js';
import { sevenCanvas, toBlob } from './support/picture-files.js';
import { drawnArrow, drawnSeven, drawOn, playPointer } from './support/pointer.js';
import { recordElements, type Recorded } from './support/recorder.js';

interface Named {
  readonly name: string;
}

type Declaration = { readonly tagName?: string } & Readonly<Partial<Record<keyof Recorded, readonly Named[]>>>;

const tags = ['digit-pad', 'digit-predictions', 'digit-preview', 'digit-recognizer'] as const;

const strokes = asStrokes(drawnSeven.map((line) => line.map(([x, y]) => [x * 280, y * 280] as const)));

const comes = (what: string, holds: () => unknown): Promise<void> => waitUntil(holds, what, { timeout: 20_000 });

async function addRecognizer(attributes: Partial<DigitRecognizer> = {}): Promise<DigitRecognizer> {
  const form = await fixture(html`<form><digit-recognizer backend="wasm"></digit-recognizer></form>`);
  return Object.assign(form.querySelector('digit-recognizer')!, attributes);
}

const padOf = ({ shadowRoot }: DigitRecognizer): DigitPad => shadowRoot!.querySelector('digit-pad')!;
const predictionsOf = ({ shadowRoot }: DigitRecognizer): DigitPredictions =>
  shadowRoot!.querySelector('digit-predictions')!;

/** Draws, corrects the digit, learns from that, and reads once more. */
async function drawAndCorrect(): Promise<void> {
  const recognizer = await addRecognizer({ required: true, correctable: true, profile: new WriterProfile() });
  await comes('it is ready', () => recognizer.status === 'ready');
  recognizer.closest('form')!.requestSubmit();
  for (const drawn of [drawnArrow, drawnSeven, drawnSeven]) {
    await drawOn(padOf(recognizer), drawn);
    await recognizer.recognitionComplete;
    await rendered();
    predictionsOf(recognizer).shadowRoot!.querySelector<HTMLElement>('[data-digit="4"]')?.click();
    await rendered();
    padOf(recognizer).focus();
    await pressKeys('5');
    await rendered();
    recognizer.clear();
    await rendered();
  }
  await pressKeys('ArrowRight');
  await rendered();
}

async function readNumber(): Promise<void> {
  const recognizer = await addRecognizer({ multiple: true });
  for (const slot of ['hint', 'undo-icon', 'redo-icon', 'clear-icon']) {
    recognizer.append(Object.assign(document.createElement('span'), { slot }));
  }
  await rendered();
  recognizer.strokes = asStrokes(drawnNumber('71', { x: 40, y: 80, size: 100 }));
  await recognizer.recognitionComplete;
  await rendered();
  const { shadowRoot } = predictionsOf(recognizer);
  shadowRoot!.querySelector<HTMLElement>('[part~=number-digit]')!.focus();
  await rendered();
}

async function readPicture(): Promise<void> {
  const recognizer = await addRecognizer({ pictures: true });
  await comes('it is ready', () => recognizer.status === 'ready');
  const file = new File([await toBlob(sevenCanvas())], 'seven.png', { type: 'image/png' });
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const event = { bubbles: true, composed: true, cancelable: true, dataTransfer };
  recognizer.dispatchEvent(new DragEvent('dragenter', event));
  await recognizer.recognize(file);
  await rendered();
}

async function fail(): Promise<void> {
  const recognizer = await addRecognizer({ model: '/missing.onnx', strokes });
  await comes('it fails', () => recognizer.status === 'error');
  await rendered();
}

async function showPreviews(): Promise<void> {
  const recognizer = await addRecognizer({ strokes });
  await recognizer.recognitionComplete;
  for (const view of ['input', 'steps', 'saliency', 'layer'] as const) {
    const preview = await fixture<DigitPreview>(html`<digit-preview controls inspect .view=${view}></digit-preview>`);
    await rendered();
    preview.recognizer = recognizer;
    await comes(view, () => preview.shadowRoot!.querySelector(view === 'input' ? '[part=pixel]' : `[part=${view}]`));
  }
}

async function showPads(): Promise<void> {
  const pad = await fixture<DigitPad>(html`<digit-pad></digit-pad>`);
  const { left, top } = surface(pad).getBoundingClientRect();
  await playPointer('mouse', [
    { type: 'down', x: left + 20, y: top + 20 },
    { type: 'move', x: left + 60, y: top + 60 },
  ]);
  await rendered();
  await playPointer('mouse', [{ type: 'up', x: left + 60, y: top + 60 }]);
  pad.boxes = [{ x: 10, y: 10, width: 50, height: 50, text: '1', selected: true }];
  pad.strokes = strokes;
  await pad.replay();
  pad.readOnly = true;
  await rendered();
  pad.disabled = true;
  await rendered();
}

async function showPredictions(): Promise<void> {
  const predictions = [7, 1, 0, 2, 3, 4, 5, 6, 8, 9].map((digit, index) => ({
    digit,
    probability: [0.9, 0.06][index] ?? 0.005,
  }));
  await fixture(html`<digit-predictions top="1" .predictions=${predictions}></digit-predictions>`);
  await fixture(html`<digit-predictions unsure .predictions=${predictions}></digit-predictions>`);
}

describe('the manifest', () => {
  let recorded: (tag: string) => Recorded;
  let declarations: Declaration[];

  before(async function () {
    this.timeout(120_000);
    recorded = recordElements();
    const { modules } = (await (await fetch('/custom-elements.json')).json()) as {
      modules: { declarations?: Declaration[] }[];
    };
    declarations = modules.flatMap((module) => module.declarations ?? []);
    for (const use of [drawAndCorrect, readNumber, readPicture, fail, showPreviews, showPads, showPredictions])
      await use();
  });

  for (const tag of tags) {
    describe(`of <${tag}>`, () => {
      const documented = (list: keyof Recorded): string[] =>
        (declarations.find(({ tagName }) => tagName === tag)?.[list] ?? []).map(({ name }) => name);

      it('has every rendered part, and no other', () => {
        expect(documented('cssParts')).to.have.members([...recorded(tag).cssParts]);
      });

      it('has every slot', () => {
        expect([...recorded(tag).slots]).to.include.members(documented('slots'));
      });

      it('has every state, and no other', () => {
        expect(documented('cssStates')).to.have.members([...recorded(tag).cssStates]);
      });

      it('has every custom property of its own styles', () => {
        expect(documented('cssProperties')).to.include.members([...recorded(tag).cssProperties]);
      });

      it('has every event that it fires, and no other', () => {
        const fired = [...recorded(tag).events].filter((type) => /^(digit-.*|input|change)$/.test(type));
        expect(documented('events')).to.have.members(fired);
      });
    });
  }

  it("has no part of a recognizer's default elements that cannot be styled from outside", async () => {
    const parts = declarations.flatMap(({ tagName, cssParts = [] }) =>
      tagName === 'digit-recognizer' ? [] : cssParts.map(({ name }) => name),
    );
    const { shadowRoot } = await addRecognizer();
    const exported = [...shadowRoot!.querySelectorAll('[exportparts]')].flatMap((element) =>
      element.getAttribute('exportparts')!.split(/,\s*/),
    );
    expect(exported).to.include.members(parts);
  });
});
