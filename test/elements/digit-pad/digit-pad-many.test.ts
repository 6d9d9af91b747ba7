import { expect } from '@open-wc/testing';
import '../../../src/define/digit-pad.js';
import type { DigitPad } from '../../../src/index.js';
import { surface, twoFrames } from '../../support/pad.js';
import { collectGarbage } from '../../support/page.js';
import { drawnOne, drawOn, playPointer } from '../../support/pointer.js';

/** Listeners on the page: the type of each that was added and not removed. */
function watchListeners(): { left: string[]; stop: () => void } {
  const left: string[] = [];
  const isPage = (target: EventTarget): boolean => target === window || target === document;
  const restore = (['addEventListener', 'removeEventListener'] as const).map((name) => {
    const original = Object.getOwnPropertyDescriptor(EventTarget.prototype, name)!;
    EventTarget.prototype[name] = function (type, ...others) {
      if (isPage(this) && name === 'addEventListener') left.push(type);
      else if (isPage(this) && left.includes(type)) left.splice(left.indexOf(type), 1);
      (original.value as EventTarget[typeof name]).call(this, type, ...others);
    };
    return () => Object.defineProperty(EventTarget.prototype, name, original);
  });
  return { left, stop: () => restore.forEach((each) => each()) };
}

describe('300 pads on a page', () => {
  it('listen to the page only during a stroke', async () => {
    const { left, stop } = watchListeners();
    const pads = Array.from({ length: 300 }, () => document.createElement('digit-pad'));
    document.body.append(...pads);
    await pads[299].updateComplete;
    expect(left).to.be.empty;
    pads[7].scrollIntoView();
    const { x, y } = surface(pads[7]).getBoundingClientRect();
    await playPointer('mouse', [{ type: 'down', x: x + 40, y: y + 40 }]);
    expect(left).to.have.members(['blur', 'visibilitychange']);
    await playPointer('mouse', [{ type: 'up', x: x + 40, y: y + 40 }]);
    expect(left).to.be.empty;
    await playPointer('mouse', [{ type: 'down', x: x + 40, y: y + 40 }]);
    for (const pad of pads) pad.remove();
    expect(left).to.be.empty;
    await playPointer('mouse', [{ type: 'up', x: x + 40, y: y + 40 }]);
    stop();
  });

  it('leave nothing in memory when they are removed', async () => {
    const references = await (async (): Promise<WeakRef<DigitPad>[]> => {
      const pads = Array.from({ length: 300 }, () => document.createElement('digit-pad'));
      document.body.append(...pads);
      await pads[299].updateComplete;
      pads[0].scrollIntoView();
      await drawOn(surface(pads[0]), drawnOne);
      void pads[1].replay();
      for (const pad of pads) pad.remove();
      return pads.map((pad) => new WeakRef(pad));
    })();
    // The browser itself retains the element that was last focused or pointed at, until the next one.
    document.body.tabIndex = -1;
    document.body.focus();
    await playPointer('mouse', [{ type: 'move', x: 1, y: 1 }]);
    let left = 300;
    for (let attempt = 0; attempt < 10 && left > 0; attempt += 1) {
      await twoFrames();
      await collectGarbage();
      left = references.filter((reference) => reference.deref()).length;
    }
    expect(left).to.equal(0);
  });
});
