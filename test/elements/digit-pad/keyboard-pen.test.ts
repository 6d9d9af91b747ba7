import { expect, html } from '@open-wc/testing';
import '../../../src/define/digit-pad.js';
import type { DigitPad } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';
import { announced, button, pointsOn, shownStrokes, surface, twoFrames } from '../../support/pad.js';
import { pressKeys } from '../../support/page.js';
import { drawnOne, drawOn, playPointer } from '../../support/pointer.js';

const cursor = (pad: DigitPad): Element | null => pad.shadowRoot!.querySelector('[part~=cursor]');
/** A boolean, since a failed comparison of elements would print their whole content. */
const showsCursor = (pad: DigitPad): boolean => cursor(pad) !== null;

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await pressKeys(key);
}

describe('drawing by keyboard', () => {
  let pad: DigitPad;

  beforeEach(async () => {
    pad = await fixture(html`<digit-pad></digit-pad>`);
    pad.focus();
  });

  it('describes itself and how to use it', async () => {
    const sheet = surface(pad);
    expect(sheet.getAttribute('role')).to.equal('application');
    const help = pad.shadowRoot!.getElementById(sheet.getAttribute('aria-describedby')!)!;
    expect(help.textContent).to.include('Space').and.to.include('arrow');
  });

  it('moves a cursor with the arrow keys, with Shift in small steps, never off the pad', async () => {
    const side = surface(pad).clientWidth;
    await press('Space', 'ArrowRight', 'ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowUp');
    const moves = pad.strokes[0].points.map(({ x, y }) => [x / side, y / side]);
    const expected = [
      [0.5, 0.5],
      [0.55, 0.5],
      [0.55, 0.55],
      [0.54, 0.55],
      [0.54, 0.54],
    ];
    for (const [index, [x, y]] of expected.entries()) {
      expect(moves[index][0]).to.be.closeTo(x, 1e-6);
      expect(moves[index][1]).to.be.closeTo(y, 1e-6);
    }
    await press(...Array.from({ length: 14 }, () => 'ArrowUp'));
    expect(pad.strokes[0].points.at(-1)!.y).to.equal(0);
    expect(announced(pad)).to.include('0% down');
  });

  it('draws strokes between pen down and pen up, and moves without drawing in between', async () => {
    await press('Space', 'ArrowRight', 'Space', 'ArrowDown', 'ArrowDown', 'Space', 'ArrowLeft', 'Space');
    expect(pad.strokes.map(({ points }) => points.length)).to.deep.equal([2, 2]);
    expect(pad.strokes[1].points[0].y).to.be.closeTo(pad.strokes[0].points[0].y + surface(pad).clientWidth / 10, 1e-6);
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.have.length(2);
  });

  it('does not toggle the pen while Space is held', async () => {
    const hold = (repeat: boolean): boolean =>
      surface(pad).dispatchEvent(new KeyboardEvent('keydown', { key: ' ', repeat, bubbles: true, cancelable: true }));
    hold(false);
    // Handled all the same: the page must not scroll.
    expect([hold(true), hold(true)]).to.deep.equal([false, false]);
    await press('ArrowRight');
    expect(pad.strokes.map(({ points }) => points.length)).to.deep.equal([2]);
  });

  it("announces the cursor's position, that the pen is down, and that a stroke is finished", async () => {
    await press('ArrowRight');
    await pad.updateComplete;
    expect(announced(pad)).to.equal('55% across, 50% down');
    await press('Space');
    await pad.updateComplete;
    expect(announced(pad)).to.equal('Pen down');
    await press('Space');
    await pad.updateComplete;
    expect(announced(pad)).to.equal('Pen up. Stroke 1 finished');
    await press('Control+z');
    await pad.updateComplete;
    expect(announced(pad)).to.equal('Undone. Strokes: 0');
  });

  it('announces the same again as a text that differs, which screen readers would ignore otherwise', async () => {
    const texts: string[] = [];
    for (let turn = 0; turn < 2; turn++) {
      await drawOn(surface(pad), drawnOne);
      await press('Escape');
      await pad.updateComplete;
      texts.push(announced(pad));
    }
    expect(texts[1]).not.to.equal(texts[0]);
    expect(texts.map((text) => text.trim())).to.deep.equal(['Cleared', 'Cleared']);
  });

  it('shows the cursor only while the keyboard is used', async () => {
    await drawOn(surface(pad), drawnOne);
    await pad.updateComplete;
    expect(showsCursor(pad)).to.be.false;
    await press('ArrowLeft');
    await pad.updateComplete;
    expect(showsCursor(pad)).to.be.true;
    const box = surface(pad).getBoundingClientRect();
    const shown = cursor(pad)!.getBoundingClientRect();
    expect(shown.left + shown.width / 2).to.be.closeTo(box.left + 0.45 * box.width, 1.5);
    await press('Space');
    await pad.updateComplete;
    expect(cursor(pad)!.matches('.down')).to.be.true;
    const at = pointsOn(pad);
    await playPointer('mouse', [
      { type: 'down', ...at(20, 20) },
      { type: 'up', ...at(20, 20) },
    ]);
    await pad.updateComplete;
    expect(showsCursor(pad)).to.be.false;
  });

  it('keeps the drawing when the pointer or another control takes over', async () => {
    await press('Space', 'ArrowRight');
    await drawOn(surface(pad), drawnOne);
    expect(pad.strokes).to.have.length(2);
    expect(pad.strokes[0].points).to.have.length(2);
    await press('Space', 'ArrowRight', 'Tab');
    await pad.updateComplete;
    expect(pad.matches(':state(drawing)')).to.be.false;
    expect(pad.strokes).to.have.length(3);
    expect(showsCursor(pad)).to.be.false;
  });

  it('does not interfere with the pointer: pen keys do nothing while it draws', async () => {
    const at = pointsOn(pad);
    await playPointer('mouse', [
      { type: 'down', ...at(20, 20) },
      { type: 'move', ...at(40, 40) },
    ]);
    await press('Space', 'ArrowRight');
    await playPointer('mouse', [
      { type: 'move', ...at(60, 60) },
      { type: 'up', ...at(60, 60) },
    ]);
    expect(pad.strokes).to.have.length(1);
    expect(pad.strokes[0].points.at(-1)!.x).to.be.closeTo(60, 1.5);
  });

  it('lifts the pen with Escape, clears with the next one, and leaves the third to the page', async () => {
    const left: string[] = [];
    const watch = ({ key, defaultPrevented }: KeyboardEvent): void => {
      if (!defaultPrevented) left.push(key);
    };
    document.addEventListener('keydown', watch);
    await press('Space', 'ArrowRight', 'Escape');
    expect(pad.strokes).to.have.length(1);
    expect(pad.matches(':state(drawing)')).to.be.false;
    await press('Escape');
    expect(pad.strokes).to.be.empty;
    expect(left).to.be.empty;
    await press('Escape');
    expect(left).to.deep.equal(['Escape']);
    document.removeEventListener('keydown', watch);
    await press('Control+z');
    expect(pad.strokes).to.have.length(1);
  });

  it('does not clear while Escape is held, which has lifted the pen', async () => {
    await press('Space', 'ArrowRight');
    const hold = (repeat: boolean): boolean =>
      surface(pad).dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', repeat, bubbles: true, cancelable: true }),
      );
    // Handled all the same, as it would be without ink: the page must not close a dialog.
    expect([hold(false), hold(true), hold(true)]).to.deep.equal([false, false, false]);
    expect(pad.strokes).to.have.length(1);
    expect([hold(false), hold(true)]).to.deep.equal([false, false]);
    expect(pad.strokes).to.be.empty;
  });

  it('ends a stroke of the pointer with Escape, and keeps it', async () => {
    const at = pointsOn(pad);
    await playPointer('mouse', [
      { type: 'down', ...at(20, 20) },
      { type: 'move', ...at(40, 40) },
    ]);
    await press('Escape');
    await playPointer('mouse', [
      { type: 'move', ...at(90, 90) },
      { type: 'up', ...at(90, 90) },
    ]);
    expect(pad.strokes).to.have.length(1);
    expect(pad.strokes[0].points.at(-1)!.x).to.be.below(50);
  });

  it('redoes with Shift+Z and Y, also from the buttons', async () => {
    await drawOn(surface(pad), [...drawnOne, ...drawnOne]);
    await press('Control+z', 'Control+z', 'Control+y');
    expect(pad.strokes).to.have.length(1);
    await pad.updateComplete;
    button(pad, 'Undo').focus();
    await press('Control+Shift+Z');
    expect(pad.strokes).to.have.length(2);
  });

  it('undoes with the key in the position of Z if the keyboard has no Latin letters, else with Z wherever it is', async () => {
    const press = (key: string, code: string): boolean =>
      surface(pad).dispatchEvent(
        new KeyboardEvent('keydown', { key, code, ctrlKey: true, bubbles: true, cancelable: true }),
      );
    await drawOn(surface(pad), [...drawnOne, ...drawnOne]);
    expect(press('я', 'KeyZ')).to.be.false;
    expect(pad.strokes).to.have.length(1);
    expect(press('z', 'KeyY')).to.be.false;
    expect(pad.strokes).to.be.empty;
    expect(press('н', 'KeyY')).to.be.false;
    expect(pad.strokes).to.have.length(1);
    for (const [key, code] of [
      ['w', 'KeyZ'],
      [';', 'KeyZ'],
      ['Z', 'KeyY'],
    ])
      press(key, code);
    expect(pad.strokes).to.be.empty;
  });

  it('keeps the focus when the pressed button has nothing left to do', async () => {
    await drawOn(surface(pad), drawnOne);
    await pad.updateComplete;
    button(pad, 'Clear').focus();
    await press('Enter');
    await twoFrames();
    expect(pad.shadowRoot!.activeElement).to.equal(surface(pad));
  });

  it('passes on typed digits, in any script, and leaves the key to the page when that is canceled', async () => {
    const typed: number[] = [];
    let cancel = false;
    pad.parentElement!.addEventListener('digit-typed', (event) => {
      typed.push(event.digit);
      if (cancel) event.preventDefault();
    });
    await press('7', '0', 'x');
    expect(typed).to.deep.equal([7, 0]);
    const type = (key: string, init: KeyboardEventInit = {}): boolean =>
      surface(pad).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
    for (const key of ['٤', '۹', '६', '𝟘', '𝟿']) expect(type(key)).to.be.false;
    expect(typed.slice(2)).to.deep.equal([4, 9, 6, 0, 9]);
    expect(type('5', { ctrlKey: true })).to.be.true;
    expect(type('5', { altKey: true })).to.be.true;
    cancel = true;
    expect(type('8')).to.be.true;
    expect(typed).to.have.length(8);
    expect(pad.strokes).to.be.empty;
  });

  it('has no axe violations while in use', async () => {
    await press('Space', 'ArrowRight', 'ArrowDown');
    await pad.updateComplete;
    await expect(pad).to.be.accessible();
  });
});
