import { expect } from '@open-wc/testing';
import { InkStore } from '../../src/drawing/index.js';

const frame = { width: 280, height: 280 };
const points = [
  { x: 1, y: 1 },
  { x: 2, y: 2 },
];

function drawStroke(ink: InkStore, size = frame): void {
  ink.beginStroke(points[0], size);
  ink.extendStroke(points.slice(1));
  ink.endStroke();
}

describe('InkStore', () => {
  it('shows an unfinished stroke', () => {
    const ink = new InkStore();
    ink.beginStroke(points[0], frame);
    expect(ink.snapshot).to.deep.include({ drawing: true, strokes: [{ points: [points[0]] }] });
    ink.extendStroke(points.slice(1));
    expect(ink.snapshot.strokes).to.deep.equal([{ points }]);
    ink.endStroke();
    expect(ink.snapshot).to.deep.include({ drawing: false, strokes: [{ points }], frame });
  });

  it('ignores a pen that moves or lifts without being down', () => {
    const ink = new InkStore();
    let changes = 0;
    ink.subscribe(() => (changes += 1));
    ink.extendStroke(points);
    ink.endStroke();
    expect(changes).to.equal(0);
    expect(ink.snapshot.strokes).to.be.empty;
  });

  it('keeps the first stroke when a second one begins before it has ended', () => {
    const ink = new InkStore();
    ink.beginStroke(points[0], frame);
    drawStroke(ink);
    expect(ink.snapshot.strokes).to.have.length(2);
  });

  it('lets only the drawing pen extend, end or cancel a stroke', () => {
    const ink = new InkStore();
    const [pen, other] = [{}, {}];
    ink.beginStroke(points[0], frame, pen);
    expect(ink.pen).to.equal(pen);
    for (const each of [other, undefined]) {
      ink.extendStroke(points, each);
      ink.endStroke(each);
      ink.discardStroke(each);
      expect(ink.snapshot).to.deep.include({ drawing: true, strokes: [{ points: [points[0]] }] });
    }
    ink.beginErasing(other);
    const { strokes } = ink.snapshot;
    ink.erase(strokes, pen);
    ink.extendStroke(points, pen);
    ink.endStroke(pen);
    expect(ink.snapshot).to.include({ drawing: true, strokes });
    expect(ink.pen).to.equal(other);
    ink.erase(strokes, other);
    ink.endStroke(other);
    expect(ink.pen).to.be.null;
    expect(ink.snapshot).to.deep.include({ drawing: false, strokes: [] });
  });

  it('undoes and redoes strokes, and cannot redo after a new one', () => {
    const ink = new InkStore();
    drawStroke(ink);
    drawStroke(ink);
    ink.undo();
    expect(ink.snapshot).to.deep.include({ canUndo: true, canRedo: true });
    expect(ink.snapshot.strokes).to.have.length(1);
    ink.redo();
    expect(ink.snapshot.strokes).to.have.length(2);
    ink.undo();
    drawStroke(ink);
    expect(ink.snapshot.canRedo).to.be.false;
  });

  it('undoes an unfinished stroke', () => {
    const ink = new InkStore();
    drawStroke(ink);
    ink.beginStroke(points[0], frame);
    ink.undo();
    expect(ink.snapshot).to.deep.include({ drawing: false });
    expect(ink.snapshot.strokes).to.have.length(1);
  });

  it('restores cleared ink with undo, on the frame that it was drawn on', () => {
    const ink = new InkStore();
    drawStroke(ink);
    ink.clear();
    expect(ink.snapshot).to.deep.include({ strokes: [], frame: null, canUndo: true });
    drawStroke(ink, { width: 100, height: 100 });
    expect(ink.snapshot.frame).to.deep.equal({ width: 100, height: 100 });
    ink.undo();
    ink.undo();
    expect(ink.snapshot).to.deep.include({ strokes: [{ points }], frame });
  });

  it('adds no undo step when an empty pad is cleared', () => {
    const ink = new InkStore();
    ink.clear();
    expect(ink.snapshot.canUndo).to.be.false;
  });

  it('keeps the frame of the first stroke for all strokes of a drawing', () => {
    const ink = new InkStore();
    drawStroke(ink);
    drawStroke(ink, { width: 100, height: 100 });
    expect(ink.snapshot.frame).to.deep.equal(frame);
  });

  it('cancels a stroke as if it had never begun', () => {
    const ink = new InkStore();
    drawStroke(ink);
    ink.beginStroke(points[0], frame);
    ink.discardStroke();
    expect(ink.snapshot).to.deep.include({ drawing: false, canRedo: false });
    expect(ink.snapshot.strokes).to.have.length(1);
    ink.undo();
    expect(ink.snapshot).to.deep.include({ strokes: [], canUndo: false });
  });

  it('erases strokes as one change, and makes no change when nothing is erased', () => {
    const ink = new InkStore();
    for (let count = 0; count < 3; count += 1) drawStroke(ink);
    const { strokes } = ink.snapshot;
    ink.beginErasing();
    ink.extendStroke(points);
    ink.erase([strokes[0]]);
    ink.erase([strokes[2]]);
    expect(ink.snapshot).to.deep.include({ drawing: true });
    ink.endStroke();
    expect(ink.snapshot.strokes).to.deep.equal([strokes[1]]);
    ink.undo();
    expect(ink.snapshot.strokes).to.equal(strokes);
    ink.beginErasing();
    ink.endStroke();
    expect(ink.snapshot.canRedo).to.be.true;
  });

  it('erases nothing while no eraser is down', () => {
    const ink = new InkStore();
    drawStroke(ink);
    ink.erase(ink.snapshot.strokes);
    ink.beginStroke(points[0], frame);
    ink.erase(ink.snapshot.strokes);
    expect(ink.snapshot.strokes).to.have.length(2);
  });

  it('notifies its listeners of each change until they unsubscribe, and keeps a snapshot while nothing changes', () => {
    const ink = new InkStore();
    let changes = 0;
    const leave = ink.subscribe(() => (changes += 1));
    const before = ink.snapshot;
    expect(ink.snapshot).to.equal(before);
    drawStroke(ink);
    expect(changes).to.equal(3);
    expect(ink.snapshot).not.to.equal(before);
    leave();
    ink.clear();
    expect(changes).to.equal(3);
  });

  it('lifts the eraser when a drawing is replaced, even if both are empty', () => {
    const ink = new InkStore();
    drawStroke(ink);
    ink.beginErasing();
    ink.erase(ink.snapshot.strokes);
    expect(ink.snapshot.drawing).to.be.true;
    let changes = 0;
    ink.subscribe(() => (changes += 1));
    ink.clear();
    expect(ink.snapshot).to.deep.include({ drawing: false, strokes: [], canUndo: true });
    expect(changes).to.equal(1);
  });

  it('does not notify of changes that make no difference', () => {
    const ink = new InkStore();
    let changes = 0;
    ink.subscribe(() => (changes += 1));
    const before = ink.snapshot;
    ink.undo();
    ink.redo();
    ink.clear();
    ink.clear({ history: true });
    ink.replace([], null);
    ink.endStroke();
    expect(changes).to.equal(0);
    expect(ink.snapshot).to.equal(before);
    drawStroke(ink);
    ink.beginErasing();
    changes = 0;
    ink.erase([{ points }]);
    expect(changes).to.equal(0);
  });

  it('undoes a hundred steps and no more', () => {
    const ink = new InkStore();
    for (let count = 0; count < 250; count += 1) drawStroke(ink);
    let steps = 0;
    while (ink.snapshot.canUndo) {
      ink.undo();
      steps += 1;
    }
    expect(steps).to.equal(100);
    expect(ink.snapshot.strokes).to.have.length(150);
    while (ink.snapshot.canRedo) ink.redo();
    expect(ink.snapshot.strokes).to.have.length(250);
  });

  it('discards everything drawn, undone and redone on request, including an unfinished stroke', () => {
    for (const meanwhile of [
      () => {},
      (ink: InkStore) => ink.undo(),
      (ink: InkStore) => ink.clear(),
      (ink: InkStore) => ink.beginStroke(points[0], frame),
      (ink: InkStore) => ink.beginErasing(),
    ]) {
      const ink = new InkStore();
      drawStroke(ink);
      drawStroke(ink);
      meanwhile(ink);
      ink.clear({ history: true });
      const blank = { strokes: [], drawing: false, canUndo: false, canRedo: false, frame: null };
      expect(ink.snapshot).to.deep.equal(blank);
      ink.undo();
      ink.redo();
      ink.endStroke();
      expect(ink.snapshot).to.deep.equal(blank);
    }
  });

  it('shows all of a drawing whose frame is unknown', () => {
    const ink = new InkStore();
    ink.replace([{ points: [{ x: -3, y: 7 }] }], null);
    expect(ink.snapshot.strokes).to.deep.equal([{ points: [{ x: 0, y: 7 }] }]);
    // Ink that left the pad while it was drawn stays in place.
    ink.replace([{ points: [{ x: -3, y: 7 }] }], frame);
    expect(ink.snapshot.strokes).to.deep.equal([{ points: [{ x: -3, y: 7 }] }]);
  });
});
