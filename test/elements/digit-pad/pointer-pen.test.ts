import { expect, html } from '@open-wc/testing';
import '../../../src/define/digit-pad.js';
import type { DigitPad } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';
import { lineBox, pointsOn, shownStrokes, surface, twoFrames } from '../../support/pad.js';
import { setViewport } from '../../support/page.js';
import { drawnOne, drawOn, playPointer } from '../../support/pointer.js';
import { wait } from '../../support/wait.js';

const isDrawing = async (pad: DigitPad): Promise<boolean> => {
  await pad.updateComplete;
  return pad.matches(':state(drawing)');
};

describe('drawing with pointers', () => {
  let pad: DigitPad;
  let at: ReturnType<typeof pointsOn>;

  beforeEach(async () => {
    await setViewport({ width: 800, height: 600 });
    pad = await fixture(html`<digit-pad></digit-pad>`);
    at = pointsOn(pad);
  });

  describe('palm rejection', () => {
    it('ignores fingers while a pen draws', async () => {
      await playPointer('pen', [
        { type: 'down', ...at(50, 50) },
        { type: 'move', ...at(60, 90) },
      ]);
      await playPointer('touch', [
        { type: 'down', ...at(200, 200) },
        { type: 'move', ...at(220, 240) },
        { type: 'up', ...at(220, 240) },
      ]);
      await playPointer('pen', [
        { type: 'move', ...at(60, 120) },
        { type: 'up', ...at(60, 120) },
      ]);
      expect(pad.strokes).to.have.length(1);
      expect(pad.strokes[0].points.at(-1)!.y).to.be.closeTo(120, 1.5);
      for (const { x } of pad.strokes[0].points) expect(x).to.be.below(70);
    });

    it('ignores a finger shortly after a pen, and accepts it again once the pen is gone', async () => {
      await drawOn(surface(pad), drawnOne, 'pen');
      await drawOn(surface(pad), drawnOne, 'touch');
      expect(pad.strokes).to.have.length(1);
      await wait(600);
      await drawOn(surface(pad), drawnOne, 'touch');
      expect(pad.strokes).to.have.length(2);
    });

    it('cancels the stroke of a palm when the pen comes down, so that undo does not restore it', async () => {
      await playPointer('touch', [
        { type: 'down', ...at(200, 200) },
        { type: 'move', ...at(220, 240) },
      ]);
      expect(pad.strokes).to.have.length(1);
      await drawOn(surface(pad), drawnOne, 'pen');
      await playPointer('touch', [
        { type: 'move', ...at(240, 250) },
        { type: 'up', ...at(240, 250) },
      ]);
      expect(pad.strokes).to.have.length(1);
      expect(pad.strokes[0].points[0].x).to.be.closeTo(140, 2);
      pad.undo();
      expect(pad.strokes).to.be.empty;
      expect(pad.canUndo).to.be.false;
    });

    it('draws with the pen though a palm touches at two points, which then scroll no longer', async () => {
      const page = await fixture<HTMLElement>(html`<div></div>`);
      page.style.height = '3000px';
      const palm = [0, 1].map((id) => ({ id, ...at(180 + 60 * id, 250) }));
      await playPointer(
        'touch',
        palm.map((contact) => ({ type: 'down', ...contact })),
      );
      await drawOn(surface(pad), drawnOne, 'pen');
      await playPointer('touch', [
        ...palm.map((contact) => ({ ...contact, type: 'move' as const, y: contact.y - 90 })),
        ...palm.map((contact) => ({ ...contact, type: 'up' as const, y: contact.y - 90 })),
      ]);
      await twoFrames();
      expect(document.scrollingElement!.scrollTop).to.equal(0);
      expect(pad.strokes).to.have.length(1);
      expect(pad.strokes[0].points[0].x).to.be.closeTo(140, 2);
    });
  });

  describe('several fingers', () => {
    it('continues with the first finger when a second one comes later', async () => {
      await playPointer('touch', [
        { type: 'down', ...at(50, 50) },
        { type: 'move', ...at(60, 90) },
      ]);
      await wait(250);
      await playPointer('touch', [
        { type: 'down', ...at(200, 200), id: 1 },
        { type: 'move', ...at(60, 110) },
        { type: 'up', ...at(200, 200), id: 1 },
        { type: 'move', ...at(60, 120) },
        { type: 'up', ...at(60, 120) },
      ]);
      expect(pad.strokes).to.have.length(1);
      for (const { x } of pad.strokes[0].points) expect(x).to.be.below(70);
      expect(pad.strokes[0].points.at(-1)!.y).to.be.closeTo(120, 1.5);
    });

    async function scrollWithTwoFingers(): Promise<void> {
      const [first, second] = [0, 1].map((id) => ({ id, ...at(100 + 60 * id, 250) }));
      await playPointer('touch', [
        { type: 'down', ...first },
        { type: 'down', ...second },
        ...[40, 80, 120, 160].flatMap((way) =>
          [first, second].map((finger) => ({ ...finger, type: 'move' as const, y: finger.y - way })),
        ),
        { type: 'up', ...first },
        { type: 'up', ...second },
      ]);
      await twoFrames();
    }

    it('scrolls the page with two, and cancels the dot of the first one', async () => {
      const page = await fixture<HTMLElement>(html`<div></div>`);
      page.style.height = '3000px';
      await scrollWithTwoFingers();
      expect(document.scrollingElement!.scrollTop).to.be.closeTo(160, 2);
      expect(pad.strokes).to.be.empty;
      expect(pad.canUndo).to.be.false;
      document.scrollingElement!.scrollTop = 0;
      await drawOn(surface(pad), drawnOne, 'touch');
      expect(pad.strokes).to.have.length(1);
    });

    it('scrolls the nearest scroll container with two, across shadow roots', async () => {
      const scroller = await fixture<HTMLElement>(html`<div></div>`);
      Object.assign(scroller.style, { height: '300px', overflow: 'auto' });
      const inner = document.createElement('div');
      inner.attachShadow({ mode: 'open' }).append(pad);
      inner.style.height = '2000px';
      inner.style.display = 'block';
      scroller.append(inner);
      await twoFrames();
      at = pointsOn(pad);
      await scrollWithTwoFingers();
      expect(scroller.scrollTop).to.be.closeTo(160, 2);
      expect(document.scrollingElement!.scrollTop).to.equal(0);
    });
  });

  describe('the end of a stroke', () => {
    const begin = (): Promise<void> =>
      playPointer('mouse', [
        { type: 'down', ...at(50, 50) },
        { type: 'move', ...at(60, 90) },
      ]);
    const goOn = (): Promise<void> =>
      playPointer('mouse', [
        { type: 'move', ...at(70, 200) },
        { type: 'up', ...at(70, 200) },
        { type: 'move', ...at(90, 220) },
      ]);

    const interruptions: Record<string, () => void> = {
      'the window loses focus': () => window.dispatchEvent(new Event('blur')),
      'the tab is hidden': () => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
        delete (document as { visibilityState?: unknown }).visibilityState;
      },
      'the mouse opens a context menu': () => {
        const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true });
        pad.shadowRoot!.querySelector('.ink')!.dispatchEvent(menu);
        expect(menu.defaultPrevented).to.be.false;
      },
      'capture is lost': () => {
        const ink = pad.shadowRoot!.querySelector('.ink')!;
        for (const id of [0, 1, 2, 3]) if (ink.hasPointerCapture(id)) ink.releasePointerCapture(id);
      },
      'a dialog opens': () => {
        const dialog = document.createElement('dialog');
        dialog.innerHTML = '<button>OK</button>';
        document.body.append(dialog);
        dialog.showModal();
        // A button of the dialog, pressed by the user.
        dialog.querySelector('button')!.addEventListener('click', () => dialog.remove());
      },
      'the pad is removed from the page': () => {
        const { parentElement } = pad;
        pad.remove();
        parentElement!.append(pad);
      },
      'the pad becomes read-only': () => {
        pad.readOnly = true;
        void pad.updateComplete.then(() => (pad.readOnly = false));
      },
    };
    for (const [what, interrupt] of Object.entries(interruptions)) {
      it(`is clean when ${what}: the ink stays, nothing gets stuck`, async () => {
        await begin();
        expect(await isDrawing(pad)).to.be.true;
        interrupt();
        await twoFrames();
        if (what === 'capture is lost') await playPointer('mouse', [{ type: 'move', ...at(500, 500) }]);
        expect(await isDrawing(pad)).to.be.false;
        const { length } = pad.strokes[0].points;
        await goOn();
        expect(pad.strokes).to.have.length(1);
        expect(pad.strokes[0].points).to.have.length(length);
        document.querySelector<HTMLElement>('dialog button')?.click();
        await drawOn(surface(pad), drawnOne);
        expect(pad.strokes).to.have.length(2);
        expect(await isDrawing(pad)).to.be.false;
      });
    }

    it('is not caused by a page that moves the focus as soon as there is a value', async () => {
      const field = document.createElement('input');
      document.body.append(field);
      await begin();
      field.focus();
      await twoFrames();
      expect(await isDrawing(pad)).to.be.true;
      const { length } = pad.strokes[0].points;
      await goOn();
      field.remove();
      expect(pad.strokes).to.have.length(1);
      expect(pad.strokes[0].points).to.have.length.above(length);
      expect(await isDrawing(pad)).to.be.false;
    });

    it('follows from a move that shows that the button is up', async () => {
      await begin();
      const ink = pad.shadowRoot!.querySelector('.ink')!;
      const id = [0, 1, 2, 3].find((each) => ink.hasPointerCapture(each))!;
      ink.dispatchEvent(new PointerEvent('pointermove', { pointerId: id, buttons: 0, clientX: 9, clientY: 9 }));
      expect(await isDrawing(pad)).to.be.false;
      await goOn();
      expect(pad.strokes).to.have.length(1);
    });

    it("follows from a move with only the mouse's other button down", async () => {
      await begin();
      const ink = pad.shadowRoot!.querySelector('.ink')!;
      const id = [0, 1, 2, 3].find((each) => ink.hasPointerCapture(each))!;
      ink.dispatchEvent(new PointerEvent('pointermove', { pointerId: id, buttons: 2, clientX: 9, clientY: 9 }));
      expect(await isDrawing(pad)).to.be.false;
      await goOn();
      expect(pad.strokes).to.have.length(1);
    });

    it('discards the dot of a press that opens the context menu, as Ctrl+click does on macOS', async () => {
      await playPointer('mouse', [{ type: 'down', ...at(50, 50) }]);
      const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true, ctrlKey: true });
      pad.shadowRoot!.querySelector('.ink')!.dispatchEvent(menu);
      expect(menu.defaultPrevented).to.be.false;
      await playPointer('mouse', [{ type: 'up', ...at(50, 50) }]);
      expect(pad.strokes).to.be.empty;
      expect(pad.canUndo).to.be.false;
    });

    it('is not caused by a long press of a finger, which opens no menu', async () => {
      await playPointer('touch', [{ type: 'down', ...at(50, 50) }]);
      const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true });
      pad.shadowRoot!.querySelector('.ink')!.dispatchEvent(menu);
      expect(menu.defaultPrevented).to.be.true;
      expect(await isDrawing(pad)).to.be.true;
      await playPointer('touch', [{ type: 'up', ...at(50, 50) }]);
    });
  });

  it('prevents touches, as required for Scribble, and double-tap zoom', async () => {
    const prevented: boolean[] = [];
    const watch = (event: Event): number => prevented.push(event.defaultPrevented);
    document.addEventListener('touchmove', watch);
    await drawOn(surface(pad), drawnOne, 'touch');
    document.removeEventListener('touchmove', watch);
    expect(prevented).to.include(true).and.not.to.include(false);
    expect(getComputedStyle(pad.shadowRoot!.querySelector('.ink')!).touchAction).to.equal('none');
  });

  it('varies the width by pressure only for a pen', async () => {
    const widths = (): Set<string> =>
      new Set([...pad.shadowRoot!.querySelectorAll('.stroke path')].map((path) => getComputedStyle(path).strokeWidth));
    const steps = (): Parameters<typeof playPointer>[1] => [
      { type: 'down', ...at(50, 50), force: 0.1 },
      ...Array.from({ length: 20 }, (_, index) => ({
        type: 'move' as const,
        ...at(50 + index * 8, 50 + (index % 3) * 5),
        force: 0.1 + index * 0.04,
      })),
      { type: 'up', ...at(210, 50) },
    ];
    for (const pointerType of ['mouse', 'touch'] as const) {
      await playPointer(pointerType, steps());
      await pad.updateComplete;
      expect(widths()).to.have.property('size', 1);
      for (const { pressure } of pad.strokes[0].points) expect(pressure).to.equal(undefined);
      pad.clear();
    }
    await playPointer('pen', steps());
    await pad.updateComplete;
    const shown = [...widths()].map(parseFloat);
    expect(shown.length).to.be.above(3);
    expect(Math.min(...shown)).to.be.below(0.7 * 0.055 * 277);
    expect(pad.strokes[0].points.at(-1)!.pressure).to.be.above(0.7);
  });

  it('draws predicted points of the pen, and never keeps them', async () => {
    const original = Object.getOwnPropertyDescriptor(PointerEvent.prototype, 'getPredictedEvents')!;
    const expected = at(222, 111);
    PointerEvent.prototype.getPredictedEvents = () => [
      new PointerEvent('pointermove', { clientX: expected.x, clientY: expected.y }),
    ];
    await playPointer('mouse', [
      { type: 'down', ...at(50, 50) },
      { type: 'move', ...at(60, 90) },
    ]);
    Object.defineProperty(PointerEvent.prototype, 'getPredictedEvents', original);
    await pad.updateComplete;
    expect(lineBox(shownStrokes(pad)[0]).right).to.be.closeTo(expected.x, 1);
    for (const { x } of pad.strokes[0].points) expect(x).to.be.below(70);
    await playPointer('mouse', [
      { type: 'up', ...at(60, 90) },
      { type: 'down', ...at(80, 30) },
    ]);
    await pad.updateComplete;
    expect(lineBox(shownStrokes(pad)[0]).right).to.be.closeTo(at(60, 0).x, 1.5);
    expect(lineBox(shownStrokes(pad)[1]).right, 'the next stroke').to.be.closeTo(at(80, 0).x, 1.5);
    await playPointer('mouse', [{ type: 'up', ...at(80, 30) }]);
  });

  it('uses all coalesced positions of the pen between two frames', async () => {
    const original = Object.getOwnPropertyDescriptor(PointerEvent.prototype, 'getCoalescedEvents')!;
    PointerEvent.prototype.getCoalescedEvents = () =>
      [70, 80, 90].map((x) => new PointerEvent('pointermove', { clientX: at(x, 0).x, clientY: at(0, x).y }));
    await playPointer('mouse', [
      { type: 'down', ...at(50, 50) },
      { type: 'move', ...at(90, 90) },
      { type: 'up', ...at(90, 90) },
    ]);
    Object.defineProperty(PointerEvent.prototype, 'getCoalescedEvents', original);
    const xs = pad.strokes[0].points.map(({ x }) => Math.round(x));
    expect(xs).to.deep.equal([50, 70, 80, 90]);
  });

  it('draws only new parts: other strokes and the beginning of a long one are not touched', async () => {
    await drawOn(surface(pad), drawnOne);
    await playPointer('mouse', [
      { type: 'down', ...at(20, 20) },
      ...Array.from({ length: 150 }, (_, index) => ({
        type: 'move' as const,
        ...at(20 + (index % 50) * 4, 20 + index),
      })),
    ]);
    await pad.updateComplete;
    const changed = new Set<Node>();
    const observer = new MutationObserver((records) => records.forEach(({ target }) => changed.add(target)));
    const strokes = pad.shadowRoot!.querySelector('.strokes')!;
    observer.observe(strokes, { attributes: true, childList: true, subtree: true, characterData: true });
    await playPointer('mouse', [{ type: 'move', ...at(200, 200) }]);
    await pad.updateComplete;
    await twoFrames();
    observer.disconnect();
    expect([...changed]).to.deep.equal([[...strokes.querySelectorAll('path')].at(-1)]);
    expect(strokes.querySelectorAll('path').length).to.be.above(3);
    await playPointer('mouse', [{ type: 'up', ...at(200, 200) }]);
    await pad.updateComplete;
    expect(strokes.querySelectorAll('path')).to.have.length(2);
  });

  describe("a pen's eraser", () => {
    const erase = (type: string, x: number, y: number, buttons = 32): void => {
      const { x: clientX, y: clientY } = at(x, y);
      pad.shadowRoot!.querySelector('.ink')!.dispatchEvent(
        // The DevTools protocol has no eraser.
        new PointerEvent(type, {
          pointerId: 77,
          pointerType: 'pen',
          button: 5,
          buttons,
          clientX,
          clientY,
          bubbles: true,
        }),
      );
    };

    beforeEach(() => {
      pad.strokes = [50, 100, 150].map((x) => ({
        points: [
          { x, y: 50 },
          { x, y: 200 },
        ],
      }));
    });

    it('erases whole strokes that it touches, as one change', () => {
      erase('pointerdown', 20, 120);
      erase('pointermove', 60, 120);
      expect(pad.strokes.map(({ points }) => points[0].x)).to.deep.equal([100, 150]);
      erase('pointermove', 115, 120);
      erase('pointerup', 115, 120, 0);
      expect(pad.strokes.map(({ points }) => points[0].x)).to.deep.equal([150]);
      pad.undo();
      expect(pad.strokes).to.have.length(3);
      pad.redo();
      expect(pad.strokes).to.have.length(1);
    });

    it('adds no undo step if it touches nothing', () => {
      erase('pointerdown', 230, 230);
      erase('pointermove', 240, 240);
      erase('pointerup', 240, 240, 0);
      expect(pad.strokes).to.have.length(3);
      pad.undo();
      expect(pad.strokes).to.be.empty;
    });
  });
});
