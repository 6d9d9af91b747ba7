import { expect } from '@open-wc/testing';
import type { Stroke } from '../../src/drawing/index.js';
import { replayDuration, replayMoment, replayTimes } from '../../src/drawing/replay-times.js';

const frame = { width: 200, height: 100 };
const timed = (start: number): Stroke => ({
  points: [0, 10, 30].map((time) => ({ x: time, y: 0, time: start + time })),
});
const untimed: Stroke = {
  points: [
    { x: 0, y: 0 },
    { x: 150, y: 0 },
  ],
};

describe('replayTimes', () => {
  it("are the strokes' own times, from the first point on", () => {
    expect(replayTimes([timed(5000), timed(5100)], frame)).to.deep.equal([
      [0, 10, 30],
      [100, 110, 130],
    ]);
  });

  it('shorten long pauses between strokes', () => {
    expect(replayTimes([timed(0), timed(600_000)], frame)[1][0]).to.equal(1030);
  });

  it('are those of typical handwriting if the points have none, or implausible ones', () => {
    const backwards: Stroke = { points: untimed.points.map((point, index) => ({ ...point, time: -index })) };
    // One and a half times the shorter side per second.
    for (const stroke of [untimed, backwards]) expect(replayTimes([stroke], frame)).to.deep.equal([[0, 1000]]);
    expect(replayTimes([untimed, untimed], frame)[1][0]).to.equal(1250);
  });

  it('are limited, whatever the times and positions of the points', () => {
    const endless: Stroke[] = [
      {
        points: [
          { x: 0, y: 0, time: 0 },
          { x: 150, y: 0, time: Infinity },
        ],
      },
      {
        points: [
          { x: 0, y: 0, time: -Infinity },
          { x: 150, y: 0, time: 0 },
        ],
      },
      {
        points: [
          { x: 0, y: 0, time: Infinity },
          { x: 150, y: 0, time: Infinity },
        ],
      },
      {
        points: [
          { x: 0, y: 0, time: 0 },
          { x: 150, y: 0, time: 1e300 },
        ],
      },
    ];
    for (const stroke of endless) expect(replayTimes([stroke], frame)).to.deep.equal([[0, 1000]]);
    for (const stroke of endless) expect(replayDuration(replayTimes([timed(0), stroke], frame))).to.be.below(3000);
    const far: Stroke = {
      points: [
        { x: -(2 ** 40), y: 0 },
        { x: 0, y: 0 },
        { x: 2 ** 40, y: 0 },
      ],
    };
    expect(replayTimes([far], { width: 1e-300, height: 1e-300 })).to.deep.equal([[0, 30_000, 60_000]]);
  });

  it('are empty without strokes', () => {
    expect(replayDuration(replayTimes([], frame))).to.equal(0);
    expect(replayDuration(replayTimes([{ points: [] }], frame))).to.equal(0);
  });
});

describe('replayMoment', () => {
  const strokes = [timed(0), untimed];
  const times = replayTimes(strokes, frame);

  it('has the pen between the points', () => {
    const { strokes: drawn, pen } = replayMoment(strokes, times, 20);
    expect(drawn).to.deep.equal([{ points: strokes[0].points.slice(0, 2) }]);
    expect(pen).to.deep.equal({ x: 20, y: 0 });
  });

  it('has complete strokes unchanged, and no pen between strokes', () => {
    const moment = replayMoment(strokes, times, 100);
    expect(moment.strokes).to.have.length(1);
    expect(moment.strokes[0]).to.equal(strokes[0]);
    expect(moment.pen).to.equal(null);
  });

  it('has everything at the end', () => {
    expect(replayMoment(strokes, times, replayDuration(times)).strokes).to.deep.equal(strokes);
  });
});
