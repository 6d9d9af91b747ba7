import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import '../../src/define/digit-pad.js';
import type { DigitPad } from '../../src/index.js';
import { button, shownStrokes, surface, twoFrames } from '../support/pad.js';
import { drawnOne, drawnSeven, drawOn, playPointer } from '../support/pointer.js';

/** Where the ink is shown on the screen. */
function shownInk(pad: DigitPad): DOMRect {
  return pad.shadowRoot!.querySelector('.strokes')!.getBoundingClientRect();
}

describe('<digit-pad>', () => {
  let pad: DigitPad;

  beforeEach(async () => {
    await setViewport({ width: 800, height: 600 });
    pad = await fixture(html`<digit-pad></digit-pad>`);
  });

  for (const pointerType of ['mouse', 'pen', 'touch'] as const) {
    it(`draws with ${pointerType}, right under the pointer`, async () => {
      const box = surface(pad).getBoundingClientRect();
      const line = [0, 1, 2, 3, 4].map((step) => [0.2 + step * 0.15, 0.3 + step * 0.1] as const);
      await drawOn(surface(pad), [line], pointerType);
      await pad.updateComplete;
      expect(shownStrokes(pad)).to.have.length(1);
      expect(pad.strokes[0].points.length).to.be.at.least(line.length);
      const ink = shownStrokes(pad)[0].getBoundingClientRect();
      expect(ink.left).to.be.closeTo(box.left + 0.2 * box.width, 1.5);
      expect(ink.right).to.be.closeTo(box.left + 0.8 * box.width, 1.5);
      expect(ink.top).to.be.closeTo(box.top + 0.3 * box.height, 1.5);
      expect(ink.bottom).to.be.closeTo(box.top + 0.7 * box.height, 1.5);
    });
  }

  it('shows a touch that does not move as a dot', async () => {
    await drawOn(surface(pad), [[[0.5, 0.5]]]);
    await pad.updateComplete;
    expect(pad.strokes).to.have.length(1);
    expect(getComputedStyle(shownStrokes(pad)[0]).strokeLinecap).to.equal('round');
  });

  it('draws where the pointer is when the page is scaled and scrolled', async () => {
    const outer = await fixture<HTMLElement>(
      html`<div>
        <div class="spacer"></div>
        <digit-pad></digit-pad>
      </div>`,
    );
    outer.style.transform = 'scale(0.5)';
    outer.style.transformOrigin = '0 0';
    outer.querySelector<HTMLElement>('.spacer')!.style.height = '2000px';
    const scaled = outer.querySelector('digit-pad')!;
    scaled.scrollIntoView();
    await drawOn(surface(scaled), drawnOne);
    await scaled.updateComplete;
    const box = surface(scaled).getBoundingClientRect();
    const ink = shownStrokes(scaled)[0].getBoundingClientRect();
    expect(ink.left).to.be.closeTo(box.left + box.width / 2, 1.5);
    expect(ink.top).to.be.closeTo(box.top + 0.15 * box.height, 1.5);
  });

  it('keeps the ink of a touch that the system cancels, and draws on', async () => {
    const { left, top } = surface(pad).getBoundingClientRect();
    await playPointer('touch', [
      { type: 'down', x: left + 50, y: top + 50 },
      { type: 'move', x: left + 60, y: top + 90 },
      { type: 'cancel', x: left + 60, y: top + 90 },
    ]);
    expect(pad.strokes).to.have.length(1);
    expect(pad.matches(':state(drawing)')).to.be.false;
    await drawOn(surface(pad), drawnOne, 'touch');
    expect(pad.strokes).to.have.length(2);
  });

  it('follows the pointer out of the pad and ends the stroke wherever it is lifted', async () => {
    const { left, top } = surface(pad).getBoundingClientRect();
    await playPointer('mouse', [
      { type: 'down', x: left + 50, y: top + 50 },
      { type: 'move', x: left + 500, y: top + 50 },
      { type: 'up', x: left + 500, y: top + 50 },
      { type: 'move', x: left + 100, y: top + 100 },
    ]);
    expect(pad.strokes).to.have.length(1);
    expect(pad.strokes[0].points.at(-1)!.x).to.be.above(400);
    await pad.updateComplete;
    expect(pad.matches(':state(drawing)')).to.be.false;
  });

  it('leaves the right mouse button to the context menu', async () => {
    const { left, top } = surface(pad).getBoundingClientRect();
    await playPointer('mouse', [
      { type: 'down', x: left + 50, y: top + 50, button: 'right' },
      { type: 'move', x: left + 90, y: top + 50, button: 'right' },
      { type: 'up', x: left + 90, y: top + 50, button: 'right' },
    ]);
    expect(pad.strokes).to.be.empty;
  });

  it('does not scroll the page under a finger that draws', async () => {
    const page = document.createElement('div');
    page.style.height = '3000px';
    document.body.append(page);
    const { left, top } = surface(pad).getBoundingClientRect();
    await playPointer('touch', [
      { type: 'down', x: left + 100, y: top + 250 },
      ...[200, 150, 100, 50].map((y) => ({ type: 'move' as const, x: left + 100, y: top + y })),
      { type: 'up', x: left + 100, y: top + 50 },
    ]);
    await twoFrames();
    expect(document.scrollingElement!.scrollTop).to.equal(0);
    expect(pad.strokes[0].points.at(-1)!.y).to.be.closeTo(50, 2);
    page.remove();
  });

  it('undoes, redoes and clears by button, and offers only what can be done', async () => {
    const enabled = (): string[] => ['Undo', 'Redo', 'Clear'].filter((name) => !button(pad, name).disabled);
    expect(enabled()).to.deep.equal([]);
    await drawOn(surface(pad), [...drawnOne, ...drawnSeven]);
    await pad.updateComplete;
    expect(enabled()).to.deep.equal(['Undo', 'Clear']);
    button(pad, 'Undo').click();
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.have.length(1);
    expect(enabled()).to.deep.equal(['Undo', 'Redo', 'Clear']);
    button(pad, 'Redo').click();
    button(pad, 'Clear').click();
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.be.empty;
    expect(pad.matches(':state(empty)')).to.be.true;
    button(pad, 'Undo').click();
    expect(pad.strokes).to.have.length(2);
  });

  it('undoes, redoes and clears by key', async () => {
    await drawOn(surface(pad), [...drawnOne, ...drawnSeven]);
    pad.focus();
    await sendKeys({ press: 'Control+z' });
    expect(pad.strokes).to.have.length(1);
    await sendKeys({ press: 'Control+Shift+Z' });
    expect(pad.strokes).to.have.length(2);
    await sendKeys({ press: 'Escape' });
    expect(pad.strokes).to.be.empty;
  });

  it('keeps the ink, and its place on the paper, when the pad is resized', async () => {
    await drawOn(surface(pad), drawnSeven);
    await pad.updateComplete;
    const share = (): number[] => {
      const box = surface(pad).getBoundingClientRect();
      const ink = shownInk(pad);
      return [(ink.left - box.left) / box.width, (ink.top - box.top) / box.height, ink.width / box.width];
    };
    const before = share();
    pad.style.setProperty('--digit-pad-size', '140px');
    await twoFrames();
    for (const [index, value] of share().entries()) expect(value).to.be.closeTo(before[index], 0.02);
    await drawOn(surface(pad), drawnOne);
    await pad.updateComplete;
    const box = surface(pad).getBoundingClientRect();
    const one = shownStrokes(pad)[1].getBoundingClientRect();
    expect(one.left).to.be.closeTo(box.left + box.width / 2, 2);
    expect(one.top).to.be.closeTo(box.top + 0.15 * box.height, 2);
  });

  it('can be drawn on when it was hidden at first', async () => {
    const hidden = await fixture<DigitPad>(html`<digit-pad hidden></digit-pad>`);
    hidden.hidden = false;
    await twoFrames();
    await drawOn(surface(hidden), drawnOne);
    await hidden.updateComplete;
    const box = surface(hidden).getBoundingClientRect();
    expect(shownStrokes(hidden)[0].getBoundingClientRect().left).to.be.closeTo(box.left + box.width / 2, 2);
  });

  it('shows strokes that it is given, and gives back what it shows', async () => {
    const strokes = [
      {
        points: [
          { x: 10, y: 10 },
          { x: 100, y: 200 },
        ],
      },
    ];
    pad.strokes = strokes;
    await pad.updateComplete;
    expect(pad.strokes).to.equal(strokes);
    expect(shownStrokes(pad)).to.have.length(1);
    pad.undo();
    expect(pad.strokes).to.be.empty;
  });

  it('tells of every change of its ink', async () => {
    const events: [number, boolean][] = [];
    pad.addEventListener('digit-ink', ({ strokes, drawing }) => events.push([strokes.length, drawing]));
    await drawOn(surface(pad), drawnOne);
    pad.clear();
    expect(events[0]).to.deep.equal([1, true]);
    expect(events.slice(-2)).to.deep.equal([
      [1, false],
      [0, false],
    ]);
  });

  it('cannot be drawn on while it is disabled, and keeps a stroke that is under way', async () => {
    const { left, top } = surface(pad).getBoundingClientRect();
    await playPointer('mouse', [
      { type: 'down', x: left + 50, y: top + 50 },
      { type: 'move', x: left + 60, y: top + 90 },
    ]);
    pad.disabled = true;
    await pad.updateComplete;
    await playPointer('mouse', [
      { type: 'move', x: left + 70, y: top + 200 },
      { type: 'up', x: left + 70, y: top + 200 },
    ]);
    await drawOn(surface(pad), drawnOne);
    pad.focus();
    await sendKeys({ press: 'Escape' });
    expect(pad.strokes).to.have.length(1);
    expect(pad.matches(':state(disabled)')).to.be.true;
    expect(button(pad, 'Clear').disabled).to.be.true;
  });

  it('keeps its ink when it is moved in the page', async () => {
    await drawOn(surface(pad), drawnOne);
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    elsewhere.append(pad);
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.have.length(1);
  });

  it('takes the colours of the page: dark, and its own', async () => {
    await drawOn(surface(pad), drawnOne);
    await pad.updateComplete;
    const ink = (): string => getComputedStyle(shownStrokes(pad)[0]).stroke;
    const light = ink();
    pad.style.colorScheme = 'dark';
    expect(ink()).not.to.equal(light);
    pad.style.setProperty('--digit-ink-color', 'rgb(1, 2, 3)');
    expect(ink()).to.equal('rgb(1, 2, 3)');
  });

  it('has nothing that axe complains of, empty, drawn on and disabled', async () => {
    await expect(pad).to.be.accessible();
    await drawOn(surface(pad), drawnOne);
    await pad.updateComplete;
    await expect(pad).to.be.accessible();
    pad.disabled = true;
    await pad.updateComplete;
    await expect(pad).to.be.accessible();
  });
});
