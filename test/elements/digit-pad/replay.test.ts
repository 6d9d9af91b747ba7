import { expect, html } from '@open-wc/testing';
import '../../../src/define/digit-pad.js';
import type { DigitPad, Strokes } from '../../../src/index.js';
import { fixture } from '../../support/fixture.js';
import { shownStrokes, surface, twoFrames } from '../../support/pad.js';
import { emulateMedia } from '../../support/page.js';
import { drawnOne, drawOn } from '../../support/pointer.js';

/** A stroke from left to right in the given number of milliseconds, and a dot below. */
const drawing = (milliseconds: number): Strokes => [
  {
    points: Array.from({ length: 21 }, (_, index) => ({
      x: 40 + index * 10,
      y: 50,
      time: (index * milliseconds) / 20,
    })),
  },
  { points: [{ x: 140, y: 200, time: milliseconds + 50 }] },
];

describe('the replay', () => {
  let pad: DigitPad;

  beforeEach(async () => {
    await emulateMedia({ reducedMotion: 'no-preference' });
    pad = await fixture(html`<digit-pad></digit-pad>`);
  });

  /** How far to the right the ink is shown, frame by frame, until the replay ends. */
  async function watch(replay: Promise<void>): Promise<number[]> {
    const widths: number[] = [];
    let over = false;
    void replay.then(() => (over = true));
    while (!over) {
      await new Promise(requestAnimationFrame);
      await pad.updateComplete;
      widths.push(shownStrokes(pad)[0]?.getBoundingClientRect().width ?? 0);
    }
    return widths;
  }

  it('shows the ink grow as it was drawn, then all of it; the strokes do not change', async () => {
    const strokes = drawing(300);
    pad.strokes = strokes;
    const replay = pad.replay();
    await pad.updateComplete;
    expect(pad.matches(':state(replaying)')).to.be.true;
    expect(shownStrokes(pad)).to.have.length.at.most(1);
    expect(pad.strokes).to.deep.equal(strokes);
    const widths = await watch(replay);
    expect(widths.filter((width) => width > 5 && width < 190).length).to.be.above(2);
    for (const [index, width] of widths.entries()) expect(width).to.be.at.least(widths[index - 1] ?? 0);
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.have.length(2);
    expect(pad.matches(':state(replaying)')).to.be.false;
    expect(pad.strokes).to.deep.equal(strokes);
    expect(pad.matches(':state(empty)')).to.be.false;
  });

  it('ends immediately if nothing is drawn', async () => {
    await pad.replay();
    expect(pad.matches(':state(replaying)')).to.be.false;
  });

  it('runs at the requested speed: an hour in no time', async () => {
    pad.strokes = drawing(3_600_000);
    await pad.replay({ speed: 100_000 });
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.have.length(2);
  });

  it('is interrupted by new ink, which is kept', async () => {
    pad.strokes = drawing(3_600_000);
    const replay = pad.replay();
    await twoFrames();
    await drawOn(surface(pad), drawnOne);
    await replay;
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.have.length(3);
  });

  it('ends when the pad is removed from the page, and when it is restarted', async () => {
    pad.strokes = drawing(3_600_000);
    const first = pad.replay();
    const second = pad.replay();
    await first;
    await pad.updateComplete;
    expect(pad.matches(':state(replaying)')).to.be.true;
    pad.remove();
    await second;
  });

  it('shows everything immediately with reduced motion', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    pad.strokes = drawing(3_600_000);
    await pad.replay();
    await pad.updateComplete;
    expect(shownStrokes(pad)).to.have.length(2);
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('rejects an invalid speed', async () => {
    for (const speed of [0, -1, NaN]) {
      const error = await pad.replay({ speed }).catch((reason: unknown) => reason);
      expect(error).to.include({ name: 'DrawingError', code: 'invalid-option' });
    }
  });
});
