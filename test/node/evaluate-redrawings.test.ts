import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redrawings } from '../../scripts/evaluate/redrawings.js';
import type { Strokes } from '../../scripts/evaluate/strokes.js';

/** A hook, twice as high as wide, drawn somewhere in large units. */
const hook = [
  [
    { x: 1000, y: 2000 },
    { x: 1100, y: 2000 },
    { x: 1100, y: 2200 },
  ],
];

function redraw(kind: string, strength: number, index = 0): Strokes {
  return redrawings.find((each) => each.kind === kind)!.redraw(hook, strength, index);
}

/** Left, top, right and bottom. */
function box(drawing: Strokes): [number, number, number, number] {
  const [xs, ys] = [drawing.flat().map(({ x }) => x), drawing.flat().map(({ y }) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function closeTo(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((value, index) =>
    assert.ok(Math.abs(value - expected[index]) < 1e-9, `${actual.join()} is not ${expected.join()}`),
  );
}

test('has five kinds at five strengths each, all of them on the pad', () => {
  assert.deepEqual(
    redrawings.map(({ kind }) => kind),
    ['stroke width', 'size', 'rotation', 'position', 'speed'],
  );
  for (const { kind, strengths, redraw: redrawn } of redrawings) {
    assert.equal(strengths.length, 5);
    for (const strength of strengths) {
      for (const index of [0, 1, 2, 3]) {
        const values = redrawn(hook, strength, index).flatMap((line) => line.flatMap(({ x, y }) => [x, y]));
        assert.ok(
          values.every((value) => value > 0 && value < 1),
          `${kind} ${strength}`,
        );
      }
    }
  }
});

test('draws at the stated size, in the middle', () => {
  closeTo(box(redraw('size', 40)), [0.4, 0.3, 0.6, 0.7]);
  closeTo(box(redraw('size', 10)), [0.475, 0.45, 0.525, 0.55]);
});

test('moves to each corner in turn, and nowhere at all at strength 0', () => {
  closeTo(box(redraw('position', 0)), [0.425, 0.35, 0.575, 0.65]);
  const corners = [0, 1, 2, 3].map((index) => {
    const [left, top, right, bottom] = box(redraw('position', 100, index));
    return [left + right > 1, top + bottom > 1];
  });
  assert.deepEqual(corners, [
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ]);
  closeTo([box(redraw('position', 100))[3]], [0.98]);
});

test('rotates every other drawing the other way, by the stated angle', () => {
  const slope = (index: number): number => {
    const [[from, to]] = redraw('rotation', 20, index);
    return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  };
  closeTo([slope(0), slope(1)], [20, -20]);
});

test('reports fewer points the faster the pointer, evenly spaced, ends included', () => {
  const [slow] = redraw('speed', 3);
  const [fast] = redraw('speed', 12);
  assert.ok(slow.length > 3 * fast.length);
  closeTo([fast[0].x, fast[0].y], [slow[0].x, slow[0].y]);
  const [first, second] = slow;
  closeTo([Math.hypot(second.x - first.x, second.y - first.y)], [(0.7 * 3) / 60]);
  // The path is 1.5 times the longer side: at 3 per second it takes half a second, 30 points.
  assert.ok(slow.length >= 30 && slow.length <= 32, String(slow.length));
});

test('paints with a pen of the stated width, relative to the drawing and not to the canvas', () => {
  const { penWidth } = redrawings[0];
  closeTo([penWidth!(10)], [0.07]);
});
