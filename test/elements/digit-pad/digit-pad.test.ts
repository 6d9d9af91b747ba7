import { ContextProvider } from '@lit/context';
import { expect, html } from '@open-wc/testing';
import '../../../src/define/digit-pad.js';
import { recognitionContext } from '../../../src/elements/shared/contexts.js';
import type { DigitPad, Strokes } from '../../../src/index.js';
import { RecognitionStore } from '../../../src/recognition/index.js';
import { fixture } from '../../support/fixture.js';
import { button, lineBox, pointsOn, shownStrokes, surface, twoFrames } from '../../support/pad.js';
import { emulateMedia, pressKeys, setViewport } from '../../support/page.js';
import { drawnOne, drawnSeven, drawOn, playPointer } from '../../support/pointer.js';

/** Where the ink is shown on the screen. */
function shownInk(pad: DigitPad): DOMRect {
  return pad.shadowRoot!.querySelector('.strokes')!.getBoundingClientRect();
}

const strokesOfSeven: Strokes = drawnSeven.map((stroke) => ({
  points: stroke.map(([x, y]) => ({ x: x * 277, y: y * 277 })),
}));

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
      const ink = lineBox(shownStrokes(pad)[0]);
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
    const ink = lineBox(shownStrokes(scaled)[0]);
    expect(ink.left).to.be.closeTo(box.left + box.width / 2, 1.5);
    expect(ink.top).to.be.closeTo(box.top + 0.15 * box.height, 1.5);
  });

  it('keeps the ink of a touch that the system cancels, and can be drawn on', async () => {
    const { left, top } = surface(pad).getBoundingClientRect();
    await playPointer('touch', [
      { type: 'down', x: left + 50, y: top + 50 },
      { type: 'move', x: left + 60, y: top + 90 },
      { type: 'cancel', x: left + 60, y: top + 90 },
    ]);
    expect(pad.strokes).to.have.length(1);
    await pad.updateComplete;
    expect(pad.matches(':state(drawing)')).to.be.false;
    await drawOn(surface(pad), drawnOne, 'touch');
    expect(pad.strokes).to.have.length(2);
  });

  it('follows the pointer outside the pad and ends the stroke wherever it is lifted', async () => {
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

  it('does not scroll the page under a drawing finger', async () => {
    const page = await fixture<HTMLElement>(html`<div></div>`);
    page.style.height = '3000px';
    const { left, top } = surface(pad).getBoundingClientRect();
    await playPointer('touch', [
      { type: 'down', x: left + 100, y: top + 250 },
      ...[200, 150, 100, 50].map((y) => ({ type: 'move' as const, x: left + 100, y: top + y })),
      { type: 'up', x: left + 100, y: top + 50 },
    ]);
    await twoFrames();
    expect(document.scrollingElement!.scrollTop).to.equal(0);
    expect(pad.strokes[0].points.at(-1)!.y).to.be.closeTo(50, 2);
  });

  it('undoes, redoes and clears by button, and enables only available actions', async () => {
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
    await pressKeys('Control+z');
    expect(pad.strokes).to.have.length(1);
    await pressKeys('Control+Shift+Z');
    expect(pad.strokes).to.have.length(2);
    await pressKeys('Escape');
    expect(pad.strokes).to.be.empty;
  });

  it('keeps the ink, and its position on the paper, when the pad is resized', async () => {
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
    const one = lineBox(shownStrokes(pad)[1]);
    expect(one.left).to.be.closeTo(box.left + box.width / 2, 2);
    expect(one.top).to.be.closeTo(box.top + 0.15 * box.height, 2);
  });

  it('can be drawn on after being hidden at first', async () => {
    const hidden = await fixture<DigitPad>(html`<digit-pad hidden></digit-pad>`);
    hidden.hidden = false;
    await twoFrames();
    await drawOn(surface(hidden), drawnOne);
    await hidden.updateComplete;
    const box = surface(hidden).getBoundingClientRect();
    expect(lineBox(shownStrokes(hidden)[0]).left).to.be.closeTo(box.left + box.width / 2, 2);
  });

  it('shows strokes that are assigned to it, and returns those that it shows', async () => {
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
    expect(pad.strokes).to.deep.equal(strokes);
    expect(shownStrokes(pad)).to.have.length(1);
    pad.undo();
    expect(pad.strokes).to.be.empty;
  });

  it('shows all of the assigned strokes, even left of its edge', async () => {
    pad.strokes = [
      {
        points: [
          { x: -100, y: -100 },
          { x: -20, y: -20 },
        ],
      },
    ];
    await pad.updateComplete;
    const [sheet, ink] = [surface(pad), shownStrokes(pad)[0]].map((each) => each.getBoundingClientRect());
    expect(ink.width).to.be.above(50);
    expect(ink.left).to.be.at.least(sheet.left - 10);
    expect(ink.top).to.be.at.least(sheet.top - 10);
  });

  it('continues a stroke over its edge while a page mirrors the strokes', async () => {
    pad.addEventListener('digit-ink', ({ strokes }) => (pad.strokes = strokes));
    const at = pointsOn(pad);
    await playPointer('mouse', [
      { type: 'down', ...at(20, 60) },
      { type: 'move', ...at(-5, 80) },
      { type: 'move', ...at(30, 100) },
      { type: 'up', ...at(30, 100) },
    ]);
    expect(pad.strokes.map(({ points }) => points.map(({ x }) => Math.round(x)))).to.deep.equal([[20, -5, 30]]);
    pad.undo();
    expect(pad.canUndo).to.be.false;
  });

  it('is empty, which can be undone, once a framework no longer passes strokes', () => {
    pad.strokes = strokesOfSeven;
    pad.strokes = undefined as never;
    expect(pad.strokes).to.be.empty;
    pad.strokes = undefined as never;
    pad.undo();
    expect(pad.strokes).to.have.length(1);
  });

  it('discards the history on request', async () => {
    await drawOn(surface(pad), drawnOne);
    pad.clear();
    expect(pad.canUndo).to.be.true;
    pad.clear({ history: true });
    expect(pad.canUndo).to.be.false;
    pad.undo();
    expect(pad.strokes).to.be.empty;
  });

  it('fires an event for every change of its ink', async () => {
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

  it('cannot be drawn on while disabled, and keeps an unfinished stroke', async () => {
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
    await pressKeys('Escape');
    expect(pad.strokes).to.have.length(1);
    expect(pad.matches(':state(disabled)')).to.be.true;
    expect(button(pad, 'Clear').disabled).to.be.true;
  });

  it('keeps its ink when moved in the page', async () => {
    await drawOn(surface(pad), drawnOne);
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    elsewhere.append(pad);
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.have.length(1);
  });

  it("uses the page's colors, including dark ones, or its own", async () => {
    await drawOn(surface(pad), drawnOne);
    await pad.updateComplete;
    const ink = (): string => getComputedStyle(shownStrokes(pad)[0]).stroke;
    const light = ink();
    pad.style.colorScheme = 'dark';
    expect(ink()).not.to.equal(light);
    pad.style.setProperty('--digit-ink-color', 'rgb(1, 2, 3)');
    expect(ink()).to.equal('rgb(1, 2, 3)');
  });

  it('scrolls and does not draw by touch while read-only, but can be focused and scripted', async () => {
    pad.strokes = strokesOfSeven;
    pad.readOnly = true;
    await pad.updateComplete;
    await drawOn(surface(pad), drawnOne);
    pad.focus();
    expect(pad.shadowRoot!.activeElement).to.equal(surface(pad));
    let typed = false;
    pad.addEventListener('digit-typed', () => (typed = true));
    for (const key of ['Space', 'ArrowRight', 'Control+z', 'Escape', '7']) await pressKeys(key);
    expect(pad.strokes).to.deep.equal(strokesOfSeven);
    expect(typed).to.be.false;
    expect(pad.matches(':state(readonly)')).to.be.true;
    expect(surface(pad).getAttribute('role')).to.equal('img');
    expect(getComputedStyle(pad.shadowRoot!.querySelector('.ink')!).touchAction).to.equal('auto');
    expect(button(pad, 'Clear').disabled).to.be.true;
    pad.clear();
    expect(pad.strokes).to.be.empty;
    await pad.updateComplete;
    expect(pad.shadowRoot!.querySelectorAll('[part~=hint]')).to.have.length(0);
  });

  it('is read-only if the element around it is', async () => {
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    const store = new RecognitionStore();
    store.setPartSettings({ readOnly: true });
    new ContextProvider(outer, { context: recognitionContext, initialValue: store });
    outer.append(pad);
    await pad.updateComplete;
    expect(pad.matches(':state(readonly)')).to.be.true;
    store.setPartSettings({ readOnly: false });
    await pad.updateComplete;
    expect(pad.matches(':state(readonly)')).to.be.false;
  });

  it('shows labeled frames over the ink, only visually', async () => {
    pad.strokes = strokesOfSeven;
    pad.boxes = [
      { x: 20, y: 60, width: 100, height: 150, text: '7' },
      { x: 140, y: 5, width: 100, height: 150, text: '1', selected: true },
      { x: 250, y: 2, width: 20, height: 276, text: '0' },
    ];
    await pad.updateComplete;
    const boxes = [...pad.shadowRoot!.querySelectorAll('[part~=box]')];
    const labels = [...pad.shadowRoot!.querySelectorAll('[part~=box-label]')];
    expect(labels.map(({ textContent }) => textContent)).to.deep.equal(['7', '1', '0']);
    expect(boxes.map((box) => box.matches('[part~=box-selected]'))).to.deep.equal([false, true, false]);
    const sheet = surface(pad).getBoundingClientRect();
    const box = boxes[0].getBoundingClientRect();
    expect(box.left - sheet.left).to.be.closeTo(20, 3);
    expect(box.width).to.be.closeTo(100, 3);
    const ends = (element: Element): number[] => {
      const { top, bottom } = element.getBoundingClientRect();
      return [top, bottom];
    };
    // A text's box has room for descenders, which digits lack.
    const [above, below, inside] = labels.map(ends).map(([top, bottom]) => (top + bottom) / 2);
    expect(above, 'above').to.be.below(ends(boxes[0])[0]);
    expect(below, 'below').to.be.above(ends(boxes[1])[1]);
    expect(inside, 'inside').to.be.within(...(ends(boxes[2]) as [number, number]));
    for (const [top, bottom] of labels.map(ends)) {
      expect(top).to.be.at.least(sheet.top);
      expect(bottom).to.be.at.most(sheet.bottom);
    }
    expect(boxes[0].closest('[aria-hidden=true]')).to.exist;
    await drawOn(surface(pad), drawnOne);
    expect(pad.strokes, 'boxes do not get in the way').to.have.length(2);
  });

  it('returns the drawing as data, and accepts it on a pad of another size', async () => {
    await drawOn(surface(pad), drawnSeven, 'pen');
    const text = JSON.stringify(pad);
    const other = await fixture<DigitPad>(html`<digit-pad></digit-pad>`);
    other.style.setProperty('--digit-pad-size', '140px');
    other.fromJSON(JSON.parse(text) as ReturnType<DigitPad['toJSON']>);
    await other.updateComplete;
    expect(other.strokes).to.deep.equal(pad.strokes);
    expect(shownInk(other).width).to.be.closeTo(shownInk(pad).width / 2, 2);
    expect(JSON.stringify(other)).to.equal(text);
    other.undo();
    expect(other.strokes).to.be.empty;
  });

  it('rejects an invalid drawing, and keeps the ink', async () => {
    await drawOn(surface(pad), drawnOne);
    const { strokes } = pad;
    const attempts = [
      () => (pad.strokes = 7 as unknown as Strokes),
      () => (pad.strokes = null as unknown as Strokes),
      () => (pad.strokes = [{}] as unknown as Strokes),
      () => (pad.strokes = [{ points: [{ x: 'left' }] }] as unknown as Strokes),
      () => (pad.strokes = [{ points: [{ x: NaN, y: 0 }] }]),
      () => pad.fromJSON(null as unknown as ReturnType<DigitPad['toJSON']>),
      () => pad.fromJSON({ width: Infinity, height: 100, strokes: [] }),
      () => pad.fromJSON({ width: 0, height: 100, strokes: [] }),
      () => pad.fromJSON({ width: 100, height: 100 } as ReturnType<DigitPad['toJSON']>),
    ];
    for (const attempt of attempts) expect(attempt).to.throw().with.property('code', 'invalid-drawing');
    expect(pad.strokes).to.deep.equal(strokes);
  });

  it('exports pictures of the ink in the displayed colors and width', async () => {
    pad.style.setProperty('--digit-ink-color', 'rgb(1, 2, 3)');
    pad.style.setProperty('--digit-paper-color', 'rgb(250, 240, 230)');
    pad.style.setProperty('--digit-pen-width', '20px');
    pad.strokes = strokesOfSeven;
    await pad.updateComplete;
    const picture = new DOMParser().parseFromString(pad.toSVG(), 'image/svg+xml');
    expect(picture.querySelector('g')!.getAttribute('stroke')).to.equal('rgb(1, 2, 3)');
    expect(picture.querySelector('rect')!.getAttribute('fill')).to.equal('rgb(250, 240, 230)');
    expect(picture.querySelector('path')!.getAttribute('stroke-width')).to.equal('20');
    expect(pad.toSVG({ transparent: true })).not.to.include('<rect');
    const { width, height } = await createImageBitmap(await pad.toPNG({ size: 500 }));
    expect([width, height]).to.deep.equal([500, 500]);
    const bitmap = await createImageBitmap(await pad.toPNG({ transparent: true }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    expect(context.getImageData(2, 2, 1, 1).data[3]).to.equal(0);
  });

  it("shows the page's icons for the buttons, and its hint", async () => {
    const dressed = await fixture<DigitPad>(
      html`<digit-pad>
        <b slot="hint">Here</b>
        <svg slot="undo-icon" viewBox="0 0 10 10"><circle r="5" cx="5" cy="5" /></svg>
        <span slot="clear-icon">X</span>
      </digit-pad>`,
    );
    for (const [name, tag] of [
      ['undo-icon', 'svg'],
      ['clear-icon', 'span'],
      ['hint', 'b'],
    ]) {
      const slot = dressed.shadowRoot!.querySelector<HTMLSlotElement>(`slot[name=${name}]`)!;
      expect(slot.assignedElements()[0].localName).to.equal(tag);
      expect(slot.assignedElements()[0].getBoundingClientRect().width).to.be.above(0);
    }
    expect(button(dressed, 'Redo').querySelector('svg')!.getBoundingClientRect().width).to.be.above(0);
  });

  it('fits into 120 pixels, with buttons large enough to hit', async () => {
    pad.style.setProperty('--digit-pad-size', '120px');
    await twoFrames();
    expect(pad.getBoundingClientRect().width).to.equal(120);
    for (const each of pad.shadowRoot!.querySelectorAll('button')) {
      expect(each.getBoundingClientRect().width).to.be.at.least(24);
      expect(each.getBoundingClientRect().height).to.be.at.least(44);
    }
    const hint = pad.shadowRoot!.querySelector('[part~=hint]')!;
    expect(hint.scrollWidth).to.be.at.most(hint.clientWidth);
  });

  it('fills its container, in width and in height', async () => {
    const outer = await fixture<HTMLElement>(html`<div></div>`);
    Object.assign(outer.style, { width: '700px', height: '400px' });
    outer.append(pad);
    pad.style.setProperty('--digit-pad-size', '100%');
    pad.style.height = '100%';
    await twoFrames();
    const box = pad.getBoundingClientRect();
    expect([box.width, box.height]).to.deep.equal([700, 400]);
    expect(surface(pad).getBoundingClientRect().width).to.equal(700);
    expect(button(pad, 'Clear').getBoundingClientRect().bottom).to.be.at.most(box.bottom);
    expect(surface(pad).getBoundingClientRect().height).to.be.above(300);
  });

  it('has the requested aspect ratio', async () => {
    pad.style.setProperty('--digit-pad-aspect-ratio', '3 / 1');
    await twoFrames();
    const { width, height } = surface(pad).getBoundingClientRect();
    expect(width / height).to.be.closeTo(3, 0.05);
  });

  it('prints black ink on white, without buttons and hint, regardless of its colors', async () => {
    pad.style.colorScheme = 'dark';
    pad.style.setProperty('--digit-ink-color', 'white');
    await emulateMedia({ media: 'print' });
    expect(getComputedStyle(pad.shadowRoot!.querySelector('[part~=toolbar]')!).display).to.equal('none');
    expect(getComputedStyle(pad.shadowRoot!.querySelector('[part~=hint]')!).display).to.equal('none');
    expect(getComputedStyle(pad.shadowRoot!.querySelector('.strokes')!).stroke).to.equal('rgb(0, 0, 0)');
    await emulateMedia({ media: 'screen' });
  });

  it('uses system colors if colors are forced', async () => {
    pad.boxes = [{ x: 10, y: 10, width: 50, height: 50, text: '1' }];
    await pad.updateComplete;
    await emulateMedia({ forcedColors: 'active' });
    const probe = document.createElement('i');
    probe.style.color = 'CanvasText';
    document.body.append(probe);
    const canvasText = getComputedStyle(probe).color;
    probe.style.color = 'Highlight';
    const highlight = getComputedStyle(probe).color;
    probe.remove();
    expect(getComputedStyle(pad.shadowRoot!.querySelector('.strokes')!).stroke).to.equal(canvasText);
    expect(getComputedStyle(pad.shadowRoot!.querySelector('[part~=box]')!).stroke).to.equal(highlight);
    await emulateMedia({ forcedColors: 'none' });
  });

  it('has no axe violations: empty, drawn on, read-only and disabled', async () => {
    await expect(pad).to.be.accessible();
    await drawOn(surface(pad), drawnOne);
    await pad.updateComplete;
    await expect(pad).to.be.accessible();
    pad.boxes = [{ x: 10, y: 10, width: 50, height: 50, text: '1' }];
    pad.readOnly = true;
    await pad.updateComplete;
    await expect(pad).to.be.accessible();
    pad.disabled = true;
    await pad.updateComplete;
    await expect(pad).to.be.accessible();
  });
});
