import { expect, waitUntil } from '@open-wc/testing';
import '../../../src/define.js';
import type { DigitPad } from '../../../src/elements/digit-pad/digit-pad.js';
import type { DigitPreview } from '../../../src/elements/digit-preview/digit-preview.js';
import type { DigitRecognizer } from '../../../src/elements/digit-recognizer/digit-recognizer.js';
import { en, registerMessages, type Messages } from '../../../src/messages/index.js';
import { rendered } from '../../support/fixture.js';
import { drawnSeven } from '../../support/pointer.js';

/** Runs code if it is parsed as markup. */
const words = `"'><img src="/missing" onerror="globalThis.ran = true"><script>globalThis.ran = true</script>`;

/** A language that nobody speaks. */
const language = 'qaa';
const messages = Object.fromEntries(
  Object.entries(en).map(([key, text]: [string, unknown]) => [
    key,
    typeof text === 'function' ? () => words : Array.isArray(text) ? text.map(() => words) : words,
  ]),
) as unknown as Messages;

const strokes = drawnSeven.map((stroke) => ({ points: stroke.map(([x, y]) => ({ x: x * 280, y: y * 280 })) }));

/** A node and its descendants, including shadow trees. */
function* deep(node: Element | ShadowRoot): Iterable<Element> {
  for (const element of node.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* deep(element.shadowRoot);
  }
}

describe('hostile text', () => {
  let page: HTMLElement;

  beforeEach(() => {
    registerMessages(language, messages);
    page = document.createElement('main');
    page.lang = language;
    document.body.append(page);
  });

  afterEach(() => {
    page.remove();
    registerMessages(language, {});
  });

  async function add<Name extends keyof HTMLElementTagNameMap>(
    tag: Name,
    properties: Partial<HTMLElementTagNameMap[Name]>,
  ): Promise<HTMLElementTagNameMap[Name]> {
    const element = Object.assign(document.createElement(tag), properties);
    page.append(element);
    await (element as unknown as DigitRecognizer).updateComplete;
    return element;
  }

  /** Waits until it is shown, and checks that it is nothing but text. */
  async function expectWords(): Promise<void> {
    await rendered();
    const shows = (): boolean =>
      [...deep(page)].some(
        ({ childNodes, attributes }) =>
          [...childNodes].some((node) => node instanceof Text && node.data.includes(words)) ||
          [...attributes].some(({ value }) => value.includes(words)),
      );
    await waitUntil(shows, 'it is shown');
    expect([...deep(page)].filter((element) => element.matches('img, script'))).to.deep.equal([]);
    expect('ran' in globalThis).to.be.false;
  }

  it('stays text in every message of a recognizer: empty, read, and failed', async () => {
    const recognizer = await add('digit-recognizer', { pictures: true, correctable: true, label: words });
    await expectWords();
    recognizer.strokes = strokes;
    await recognizer.recognitionComplete;
    await expectWords();
    const failing = await add('digit-recognizer', { model: words, label: words });
    failing.strokes = strokes;
    await waitUntil(() => failing.status === 'error', 'it fails', { timeout: 20_000 });
    await expectWords();
  });

  it('stays text in the views of a preview, and in predictions', async () => {
    const recognizer = await add('digit-recognizer', { multiple: true });
    recognizer.strokes = strokes;
    await recognizer.recognitionComplete;
    for (const view of ['input', 'steps', 'saliency', 'layer'] as DigitPreview['view'][]) {
      await add('digit-preview', { view, controls: true, inspect: true, recognizer });
    }
    await add('digit-predictions', { unsure: true, recognizer });
    await waitUntil(() => recognizer.value === '7', 'it is read', { timeout: 20_000 });
    await expectWords();
  });

  it('stays text in the name of a picture, and in labels on the ink', async () => {
    const recognizer = await add('digit-recognizer', { pictures: true });
    const canvas = new OffscreenCanvas(100, 100);
    const context = canvas.getContext('2d')!;
    context.lineWidth = 8;
    context.stroke(new Path2D('M30 20H70L50 80'));
    await recognizer.recognize(new File([await canvas.convertToBlob()], words));
    await expectWords();
    const box = { x: 10, y: 10, width: 50, height: 50, text: words, selected: true };
    await add('digit-pad', { boxes: [box], strokes, label: words });
    await expectWords();
  });

  it('stays text in the SVG of a drawing', async () => {
    const pad = await add('digit-pad', { strokes });
    pad.style.setProperty('--digit-ink-color', words);
    pad.style.setProperty('--digit-paper-color', words);
    const parsed = new DOMParser().parseFromString(pad.toSVG(), 'image/svg+xml');
    expect([...parsed.querySelectorAll('*')].map(({ localName }) => localName)).to.include('path');
    for (const element of parsed.querySelectorAll('*'))
      expect(element.localName).to.be.oneOf(['svg', 'rect', 'g', 'path']);
  });

  it('pollutes no prototype from drawings, messages, or restored form state', async () => {
    const polluted = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
    const pad: DigitPad = await add('digit-pad', {});
    const drawing = JSON.parse(
      `${polluted},"width":280,"height":280,"strokes":[${polluted},"points":[${polluted},"x":1,"y":2}]}]}`,
    ) as ReturnType<DigitPad['toJSON']>;
    pad.fromJSON(drawing);
    expect(pad.strokes[0].points[0]).to.include({ x: 1, y: 2 });
    registerMessages('en', JSON.parse(`${polluted}}`) as Partial<Messages>);
    const recognizer = await add('digit-recognizer', { strokes: drawing.strokes });
    recognizer.formStateRestoreCallback(JSON.stringify(drawing), 'restore');
    expect(recognizer.strokes).to.have.length(1);
    registerMessages('en', {});
    expect('polluted' in {}).to.be.false;
    expect('polluted' in Object).to.be.false;
  });
});
