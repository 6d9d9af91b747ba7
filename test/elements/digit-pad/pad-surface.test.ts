import { expect, html } from '@open-wc/testing';
import '../../../src/define/digit-pad.js';
import type { DigitPad } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';
import { lineBox, shownStrokes, surface, twoFrames } from '../../support/pad.js';
import { setViewport } from '../../support/page.js';
import { playPointer, drawnOne, drawOn } from '../../support/pointer.js';

/** The screen position of an end of a stroke's first path. */
function seenEnd(pad: DigitPad, stroke: number, end: 'first' | 'last'): DOMRect {
  const path = shownStrokes(pad)[stroke].querySelector('path')!;
  const point = path.getPointAtLength(end === 'first' ? 0 : path.getTotalLength());
  // A marker in HTML, which is laid out independently of SVG.
  const mark = document.createElement('i');
  const { width, height } = path.ownerSVGElement!.viewBox.baseVal;
  Object.assign(mark.style, {
    position: 'absolute',
    left: `${(point.x / width) * 100}%`,
    top: `${(point.y / height) * 100}%`,
  });
  surface(pad).append(mark);
  const seen = mark.getBoundingClientRect();
  mark.remove();
  return seen;
}

async function expectInkUnderPointer(pad: DigitPad, from: [number, number], to: [number, number]): Promise<void> {
  const stroke = pad.strokes.length;
  await playPointer('mouse', [
    { type: 'down', x: from[0], y: from[1] },
    { type: 'move', x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2 },
    { type: 'move', x: to[0], y: to[1] },
    { type: 'up', x: to[0], y: to[1] },
  ]);
  await pad.updateComplete;
  expect(pad.strokes).to.have.length(stroke + 1);
  const [first, last] = [seenEnd(pad, stroke, 'first'), seenEnd(pad, stroke, 'last')];
  expect(first.x).to.be.closeTo(from[0], 0.75);
  expect(first.y).to.be.closeTo(from[1], 0.75);
  expect(last.x).to.be.closeTo(to[0], 0.75);
  expect(last.y).to.be.closeTo(to[1], 0.75);
}

/** Two points near the pad's middle, however it is rotated. */
function placesAcross(pad: DigitPad): [[number, number], [number, number]] {
  const { left, top, width, height } = surface(pad).getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  return [
    [Math.round(x - width / 8), Math.round(y - height / 10)],
    [Math.round(x + width / 9), Math.round(y + height / 7)],
  ];
}

/** Records what forces the browser to lay out the page or to compute styles, until `restore()`. */
function countMeasurements(): { measurements: string[]; restore: () => void } {
  const measurements: string[] = [];
  const places: [target: object, names: readonly string[]][] = [
    [window, ['getComputedStyle']],
    [Element.prototype, ['getBoundingClientRect', 'getClientRects', 'clientWidth', 'clientHeight']],
    [HTMLElement.prototype, ['offsetWidth', 'offsetHeight', 'offsetLeft', 'offsetTop']],
  ];
  const originals = places.flatMap(([target, names]) =>
    names.map((name) => ({ target, name, original: Object.getOwnPropertyDescriptor(target, name)! })),
  );
  for (const { target, name, original } of originals) {
    const { value, get } = original as { value?: (...given: unknown[]) => unknown; get?: () => unknown };
    const recorded = function (this: unknown, ...given: unknown[]): unknown {
      measurements.push(name);
      return (value ?? get!).apply(this, given as []);
    };
    Object.defineProperty(target, name, { ...original, ...(value ? { value: recorded } : { get: recorded }) });
  }
  const restore = (): void => {
    for (const { target, name, original } of originals) Object.defineProperty(target, name, original);
  };
  return { measurements, restore };
}

describe('ink is right under the pointer', () => {
  let outer: HTMLElement;
  let pad: DigitPad;

  beforeEach(async () => {
    await setViewport({ width: 800, height: 600 });
    outer = await fixture(html`<div><digit-pad></digit-pad></div>`);
    outer.style.margin = '60px 0 0 120px';
    outer.style.width = '280px';
    pad = outer.querySelector('digit-pad')!;
  });

  const transforms: Record<string, Partial<CSSStyleDeclaration>> = {
    turned: { transform: 'rotate(33deg)' },
    'upside down': { transform: 'rotate(180deg)' },
    mirrored: { transform: 'scaleX(-1)' },
    'scaled unevenly': { transform: 'scale(0.6, 1.2)' },
    skewed: { transform: 'skew(20deg, 10deg)' },
    'rotated by individual properties': { rotate: '-20deg', scale: '1.1', translate: '20px 10px' },
    'seen in perspective': { transform: 'perspective(500px) rotateY(35deg) rotateX(20deg)' },
    'zoomed by CSS': { zoom: '1.4' },
    'in right-to-left text': { direction: 'rtl' },
  };
  for (const [name, style] of Object.entries(transforms)) {
    it(`on a pad that is ${name}`, async () => {
      Object.assign(outer.style, style);
      await twoFrames();
      await expectInkUnderPointer(pad, ...placesAcross(pad));
    });
  }

  it('in nested transforms and shadow roots', async () => {
    outer.style.transform = 'rotate(20deg)';
    const inner = document.createElement('div');
    inner.attachShadow({ mode: 'open' }).append(pad);
    inner.style.transform = 'skewX(15deg) scale(0.8)';
    outer.append(inner);
    await twoFrames();
    await expectInkUnderPointer(pad, ...placesAcross(pad));
  });

  it('in a dialog', async () => {
    const dialog = document.createElement('dialog');
    dialog.append(pad);
    outer.append(dialog);
    dialog.showModal();
    await twoFrames();
    await expectInkUnderPointer(pad, ...placesAcross(pad));
  });

  it('on a wide pad', async () => {
    outer.style.width = '600px';
    pad.style.setProperty('--digit-pad-size', '100%');
    pad.style.setProperty('--digit-pad-aspect-ratio', '3 / 1');
    await twoFrames();
    const { width, height } = surface(pad).getBoundingClientRect();
    expect(width).to.be.closeTo(600, 1);
    expect(height).to.be.closeTo(200, 1);
    await expectInkUnderPointer(pad, ...placesAcross(pad));
  });

  it('when the pad is rotated, moved and resized while the pen is down', async () => {
    const [from, to] = placesAcross(pad);
    await playPointer('mouse', [
      { type: 'down', x: from[0], y: from[1] },
      { type: 'move', x: from[0] + 5, y: from[1] + 5 },
    ]);
    pad.style.setProperty('--digit-pad-size', '200px');
    outer.style.transform = 'rotate(25deg) translate(30px, -20px)';
    await twoFrames();
    await playPointer('mouse', [
      { type: 'move', x: to[0], y: to[1] },
      { type: 'up', x: to[0], y: to[1] },
    ]);
    await pad.updateComplete;
    expect(pad.strokes).to.have.length(1);
    const end = seenEnd(pad, 0, 'last');
    expect(end.x).to.be.closeTo(to[0], 0.75);
    expect(end.y).to.be.closeTo(to[1], 0.75);
  });

  it('in the shape of the movement when the page pushes the pad away meanwhile', async () => {
    const [from, to] = placesAcross(pad);
    await playPointer('mouse', [
      { type: 'down', x: from[0], y: from[1] },
      { type: 'move', x: from[0] + 5, y: from[1] + 5 },
    ]);
    const grown = document.createElement('div');
    grown.style.height = '90px';
    outer.prepend(grown);
    await twoFrames();
    await playPointer('mouse', [
      { type: 'move', x: to[0], y: to[1] },
      { type: 'up', x: to[0], y: to[1] },
    ]);
    await pad.updateComplete;
    const [first, last] = [seenEnd(pad, 0, 'first'), seenEnd(pad, 0, 'last')];
    expect(last.x - first.x).to.be.closeTo(to[0] - from[0], 1);
    expect(last.y - first.y).to.be.closeTo(to[1] - from[1], 1);
    await expectInkUnderPointer(pad, ...placesAcross(pad));
  });

  it('when the window is resized, as by rotating a phone', async () => {
    pad.style.setProperty('--digit-pad-size', '100%');
    outer.style.width = '50vw';
    outer.style.margin = '0';
    await drawOn(surface(pad), drawnOne);
    await setViewport({ width: 500, height: 800 });
    await twoFrames();
    await expectInkUnderPointer(pad, ...placesAcross(pad));
    const box = surface(pad).getBoundingClientRect();
    expect(seenEnd(pad, 0, 'first').x).to.be.closeTo(box.left + box.width / 2, 2);
  });

  it('shows strokes from before the first layout in pixels of the pad', async () => {
    const early = document.createElement('digit-pad');
    outer.style.width = '500px';
    early.style.setProperty('--digit-pad-size', '450px');
    early.style.setProperty('--digit-pad-aspect-ratio', '3 / 1');
    early.strokes = [
      {
        points: [
          { x: 100, y: 50 },
          { x: 400, y: 100 },
        ],
      },
    ];
    outer.append(early);
    await twoFrames();
    const box = surface(early).getBoundingClientRect();
    const ink = lineBox(shownStrokes(early)[0]);
    expect(ink.left - box.left).to.be.closeTo(100, 2);
    expect(ink.right - box.left).to.be.closeTo(400, 2);
    expect(ink.bottom - box.top).to.be.closeTo(100, 2);
  });

  it('shows strokes from before the first layout in the same place after a resize, though hidden and moved', async () => {
    const early = document.createElement('digit-pad');
    early.style.setProperty('--digit-pad-size', '140px');
    early.strokes = [{ points: [20, 60, 100].map((at) => ({ x: at, y: at })) }];
    outer.append(early);
    await twoFrames();
    const data = JSON.stringify(early);
    const share = (): number => {
      const [box, ink] = [surface(early), shownStrokes(early)[0]].map((each) => each.getBoundingClientRect());
      return (ink.right - box.left) / box.width;
    };
    const before = share();
    early.style.setProperty('--digit-pad-size', '280px');
    await twoFrames();
    const moves = [() => (early.style.display = 'none'), () => (early.style.display = ''), () => outer.prepend(early)];
    for (const move of moves) {
      move();
      await twoFrames();
      early.requestUpdate();
      await early.updateComplete;
      expect(JSON.stringify(early)).to.equal(data);
    }
    expect(share()).to.be.closeTo(before, 0.02);
  });

  it('shows all of the strokes made for a larger pad', async () => {
    pad.style.setProperty('--digit-pad-size', '120px');
    pad.strokes = [
      {
        points: [
          { x: 20, y: 20 },
          { x: 240, y: 300 },
        ],
      },
    ];
    await pad.updateComplete;
    const box = surface(pad).getBoundingClientRect();
    const ink = lineBox(shownStrokes(pad)[0]);
    expect(ink.right).to.be.at.most(box.right);
    expect(ink.bottom).to.be.at.most(box.bottom);
  });

  for (const [tool, buttons] of [
    ['pen', 1],
    ['eraser', 32],
  ] as const) {
    it(`measures the pad at the start of a stroke, not for its moves, with the ${tool}`, async () => {
      const line = [40, 90, 140].map((at) => ({ x: at, y: at }));
      pad.strokes = [{ points: line }];
      await twoFrames();
      const [[x, y]] = placesAcross(pad);
      const ink = pad.shadowRoot!.querySelector('.ink')!;
      const dispatch = (type: string, step: number): boolean =>
        ink.dispatchEvent(
          new PointerEvent(type, {
            pointerId: 7,
            pointerType: 'pen',
            button: type === 'pointerdown' ? Math.log2(buttons) : -1,
            buttons,
            clientX: x + step,
            clientY: y + step,
            bubbles: true,
          }),
        );
      dispatch('pointerdown', 0);
      await twoFrames();
      const { measurements, restore } = countMeasurements();
      try {
        for (let step = 1; step <= 20; step++) {
          dispatch('pointermove', step);
          await pad.updateComplete;
        }
      } finally {
        restore();
      }
      dispatch('pointerup', 20);
      if (tool === 'pen') expect(pad.strokes[1].points).to.have.length.above(20);
      else expect(pad.strokes).to.be.empty;
      expect(measurements).to.deep.equal([]);
    });
  }
});
