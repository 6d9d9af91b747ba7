import { expect, html } from '@open-wc/testing';
import '../../../src/define.js';
import type { DigitPad, DigitRecognizer } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';
import { pointsOn, surface } from '../../support/pad.js';
import { pressKeys, setViewport } from '../../support/page.js';
import { drawnOne, drawOn, playPointer } from '../../support/pointer.js';
import { wait } from '../../support/wait.js';

describe('two pads that share their ink', () => {
  let element: DigitRecognizer;
  let pads: DigitPad[];
  /** Points in the viewport, by pad. */
  let at: ReturnType<typeof pointsOn>[];

  const isDrawing = async (pad: DigitPad): Promise<boolean> => {
    await pad.updateComplete;
    return pad.matches(':state(drawing)');
  };
  const touch = (pad: number): Promise<void> =>
    playPointer('touch', [
      { type: 'down', ...at[pad](50, 50) },
      { type: 'move', ...at[pad](60, 90) },
    ]);
  beforeEach(async () => {
    await setViewport({ width: 900, height: 800 });
    const holder = await fixture<HTMLElement>(
      html`<div>
        <digit-recognizer id="one-ink" backend="wasm"><digit-predictions></digit-predictions></digit-recognizer>
        <digit-pad for="one-ink"></digit-pad>
        <digit-pad for="one-ink"></digit-pad>
      </div>`,
    );
    element = holder.querySelector('digit-recognizer')!;
    pads = [...holder.querySelectorAll('digit-pad')];
    for (const pad of pads) await pad.updateComplete;
    at = pads.map(pointsOn);
  });

  it('continue the stroke of one finger while another finger is on the other pad, from the start or later', async () => {
    for (const pause of [0, 250]) {
      await touch(0);
      await wait(pause);
      await playPointer('touch', [
        { type: 'down', ...at[1](200, 200), id: 1 },
        { type: 'move', ...at[1](210, 220), id: 1 },
        { type: 'move', ...at[0](60, 110) },
        { type: 'move', ...at[1](220, 240), id: 1 },
        { type: 'move', ...at[0](60, 120) },
        { type: 'up', ...at[1](220, 240), id: 1 },
        { type: 'move', ...at[0](60, 130) },
        { type: 'up', ...at[0](60, 130) },
      ]);
      expect(element.strokes).to.have.length(1);
      expect(element.strokes[0].points.at(-1)!.y).to.be.closeTo(130, 1.5);
      for (const { x } of element.strokes[0].points) expect(x).to.be.below(70);
      for (const pad of pads) expect(await isDrawing(pad)).to.be.false;
      await drawOn(surface(pads[1]), drawnOne, 'touch');
      expect(element.strokes).to.have.length(2);
      element.clear();
    }
  });

  it('keep the stroke that keys draw on one when the other is removed', async () => {
    surface(pads[0]).focus();
    await pressKeys('Space');
    element.clear();
    surface(pads[1]).focus();
    for (const key of ['Space', 'ArrowDown']) await pressKeys(key);
    pads[0].remove();
    await pressKeys('ArrowDown');
    expect(await isDrawing(pads[1])).to.be.true;
    expect(element.strokes.map(({ points }) => points.length)).to.deep.equal([3]);
  });

  it('cancel the stroke of a palm on one when a pen comes down on the other', async () => {
    await touch(1);
    expect(element.strokes).to.have.length(1);
    await drawOn(surface(pads[0]), drawnOne, 'pen');
    await playPointer('touch', [
      { type: 'move', ...at[1](240, 250) },
      { type: 'up', ...at[1](240, 250) },
    ]);
    expect(element.strokes).to.have.length(1);
    expect(element.strokes[0].points[0].x).to.be.closeTo(140, 2);
    element.undo();
    expect(element.strokes).to.be.empty;
    expect(pads[0].canUndo).to.be.false;
  });

  it('keep a stroke separate from a pointer whose own stroke was canceled by it', async () => {
    // As in a window without focus, where a pad is not notified that another one has taken it.
    for (const pad of pads) surface(pad).focus = () => {};
    await touch(0);
    element.undo();
    await playPointer('touch', [
      { type: 'down', ...at[1](200, 200), id: 1 },
      { type: 'move', ...at[0](20, 20) },
      { type: 'move', ...at[1](200, 230), id: 1 },
      { type: 'up', ...at[0](20, 20) },
      { type: 'move', ...at[1](200, 250), id: 1 },
    ]);
    expect(await isDrawing(pads[1])).to.be.true;
    await playPointer('touch', [{ type: 'up', ...at[1](200, 250), id: 1 }]);
    expect(element.strokes).to.have.length(1);
    expect(element.strokes[0].points).to.have.length(3);
    for (const { x } of element.strokes[0].points) expect(x).to.be.closeTo(200, 2);
  });

  it('end a keyboard stroke on one when the other is drawn on', async () => {
    pads[0].focus();
    for (const key of [' ', 'ArrowDown', 'ArrowDown']) {
      surface(pads[0]).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    }
    expect(element.strokes[0].points).to.have.length(3);
    await drawOn(surface(pads[1]), drawnOne);
    expect(element.strokes.map(({ points }) => points.length)).to.deep.equal([3, element.strokes[1].points.length]);
    expect(element.strokes[1].points.length).to.be.above(1);
    for (const pad of pads) expect(await isDrawing(pad)).to.be.false;
  });
});

describe('a pad with strokes of its own', () => {
  const seven = [[[60, 50], [200, 50], [100, 230]]].map((points) => ({ points: points.map(([x, y]) => ({ x, y })) })); // prettier-ignore

  async function insert(
    attributes: string,
    draw = (pad: DigitPad): void => void (pad.strokes = seven),
  ): Promise<{ element: DigitRecognizer; pad: DigitPad }> {
    const holder = await fixture<HTMLElement>(html`<div></div>`);
    const pad = document.createElement('digit-pad');
    draw(pad);
    const element = document
      .createRange()
      .createContextualFragment(`<digit-recognizer ${attributes}></digit-recognizer>`)
      .firstElementChild as DigitRecognizer;
    element.append(pad);
    holder.append(element);
    await element.updateComplete;
    await pad.updateComplete;
    return { element, pad };
  }

  it('gives them to an untouched recognizer that it is inserted into', async () => {
    const { element, pad } = await insert('backend="wasm"');
    expect(element.strokes).to.have.length(1);
    expect(pad.strokes).to.equal(element.strokes);
    expect((await element.recognitionComplete)?.digit).to.equal(7);
    pad.undo();
    expect(element.strokes).to.be.empty;
  });

  it('gives it a drawing that it has restored, with its size', async () => {
    const drawing = { width: 700, height: 700, strokes: seven };
    const { element, pad } = await insert('backend="wasm"', (pad) => pad.fromJSON(drawing));
    expect(element.strokes).to.deep.equal(seven);
    expect(pad.toJSON()).to.deep.equal(drawing);
  });

  it('leaves a value of the recognizer as it is', async () => {
    const { element, pad } = await insert('backend="wasm" value="3"');
    expect(element.value).to.equal('3');
    expect(element.strokes).to.be.empty;
    element.after(pad);
    await pad.updateComplete;
    expect(pad.strokes).to.have.length(1);
  });
});
